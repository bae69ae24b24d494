package org.anban.platform.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.anban.platform.device.Device;
import org.anban.platform.facility.Area;
import org.anban.platform.facility.Facility;
import org.anban.platform.family.Consent;
import org.anban.platform.person.Person;
import org.anban.platform.register.Register;
import org.anban.platform.resident.Dwelling;
import org.anban.platform.resident.Resident;
import org.jspecify.annotations.Nullable;

/**
 * A small invented district, the same on every machine: four stations, three dozen residents and their devices, a
 * couple that shares a home, a button that belongs to nobody. All names and numbers are made up.
 */
public final class DemoDistrict {
    /** Everything began then: fixed, so that laying the district out again finds it all there. */
    private static final Instant BEGAN = Instant.parse("2024-12-31T16:00:00Z");

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private DemoDistrict() {}

    /**
     * Writes what is not there yet; what people have changed since stays as they left it.
     *
     * @param passwords by user name; an account that is new and has none here cannot log in
     */
    public static DemoDescription seed(Register register, Map<String, String> passwords) {
        places(register);
        people(register, passwords);
        homes(register);
        devices(register);
        speakers(register);
        return describe();
    }

    /** The district without writing anything. */
    public static DemoDescription describe() {
        List<DemoDescription.Account> accounts = Table.read("persons.csv").stream()
                .map(DemoDistrict::person)
                .map(p -> new DemoDescription.Account(
                        p.id(), p.username(), p.displayName(), p.post().roles()))
                .toList();
        Map<String, DeviceModel> models = models();
        List<DemoDescription.Equipment> devices = Stream.of("devices.csv", "speakers.csv")
                .flatMap(table -> Table.read(table).stream())
                .map(row -> new DemoDescription.Equipment(
                        new DeviceId(row.text("id")), model(models, row).kind(), subject(row)))
                .toList();
        return new DemoDescription(accounts, devices);
    }

    private static void places(Register register) {
        for (Table.Row row : Table.read("areas.csv")) {
            register.add(new Area(row.text("path"), row.text("nameZh"), row.text("nameEn")));
        }
        for (Table.Row row : Table.read("facilities.csv")) {
            Facility facility = new Facility(
                    row.text("id"),
                    Facility.Tier.valueOf(row.text("tier")),
                    row.text("nameZh"),
                    row.text("nameEn"),
                    row.text("area"),
                    row.text("address"),
                    row.text("phone"),
                    orNull(row, "parent"));
            register.add(facility, row.list("answersFor"));
        }
    }

    private static void people(Register register, Map<String, String> passwords) {
        for (Table.Row row : Table.read("persons.csv")) {
            Person person = person(row);
            register.add(person, passwords.get(person.username()));
        }
    }

    private static void homes(Register register) {
        for (Table.Row row : Table.read("dwellings.csv")) {
            register.add(new Dwelling(row.text("id"), row.text("address"), row.text("area"), orNull(row, "station")));
        }
        Table.read("residents.csv").forEach(row -> register.add(resident(row)));
        for (Table.Row row : Table.read("contacts.csv")) {
            Contact contact = new Contact(
                    row.text("id"),
                    row.text("person"),
                    row.text("name"),
                    row.text("relation"),
                    row.text("phone"),
                    row.number("order"),
                    row.yes("holdsKey"));
            register.addContact(row.text("resident"), contact);
        }
        for (Table.Row row : Table.read("consents.csv")) {
            FamilyAccess.Scope scope = FamilyAccess.Scope.valueOf(row.text("scope"));
            register.add(new Consent(row.text("id"), row.text("resident"), row.text("family"), scope, BEGAN, null));
        }
    }

    private static void devices(Register register) {
        Map<String, DeviceModel> models = models();
        for (Table.Row row : Table.read("devices.csv")) {
            DeviceId id = new DeviceId(row.text("id"));
            Standing state = row.isEmpty("subject") ? Standing.IN_STOCK : Standing.IN_USE;
            register.add(new Device(id, model(models, row), state, row.text("keeper")));
            if (!row.isEmpty("subject")) {
                register.bind(id, new Binding(subject(row), BEGAN, null));
            }
        }
    }

    /** Devices without a key of their own speak through these. */
    private static void speakers(Register register) {
        Map<String, DeviceModel> models = models();
        for (Table.Row row : Table.read("speakers.csv")) {
            SenderKind sender = SenderKind.valueOf(row.text("sender"));
            DeviceId id = new DeviceId(row.text("id"));
            register.add(new Device(id, model(models, row), Standing.IN_USE, sender, "", row.text("keeper")));
            register.bind(id, new Binding(subject(row), BEGAN, null));
        }
        for (Table.Row row : Table.read("children.csv")) {
            DeviceId id = new DeviceId(row.text("id"));
            register.add(new Device(id, model(models, row), Standing.IN_USE, row.text("keeper")));
            register.bind(id, new Binding(subject(row), BEGAN, null));
            register.addChild(new DeviceId(row.text("speaker")), row.text("name"), id);
        }
    }

    private static Map<String, DeviceModel> models() {
        Map<String, DeviceModel> models = new HashMap<>();
        for (Table.Row row : Table.read("models.csv")) {
            Duration interval = Duration.ofSeconds(row.number("reportIntervalSeconds"));
            models.put(
                    row.text("key"),
                    new DeviceModel(
                            row.text("kind"),
                            row.text("model"),
                            row.yes("countsDown"),
                            interval,
                            row.text("topics"),
                            CHINA));
        }
        return models;
    }

    private static DeviceModel model(Map<String, DeviceModel> models, Table.Row device) {
        DeviceModel model = models.get(device.text("model"));
        if (model == null) {
            throw new IllegalStateException("no such model: " + device.text("model"));
        }
        return model;
    }

    private static SubjectId subject(Table.Row device) {
        return device.isEmpty("subject")
                ? SubjectId.unbound(device.text("id"))
                : SubjectId.parse(device.text("subject"));
    }

    private static Person person(Table.Row row) {
        Person.Post post = new Person.Post(
                row.list("roles").stream().map(Role::valueOf).collect(Collectors.toSet()),
                row.list("areas"),
                orNull(row, "station"));
        return new Person(row.text("id"), row.text("username"), row.text("name"), row.text("phone"), post);
    }

    private static Resident resident(Table.Row row) {
        Resident.Details details = new Resident.Details(
                row.text("name"),
                LocalDate.parse(row.text("birthDate")),
                Resident.Sex.valueOf(row.text("sex")),
                row.text("phone"));
        return new Resident(
                row.text("id"),
                details,
                row.text("dwelling"),
                new Resident.Standing(SubjectStatus.valueOf(row.text("status")), BEGAN),
                row.list("riskNotes"),
                limits(row));
    }

    private static @Nullable VitalLimits limits(Table.Row row) {
        if (row.isEmpty("limits")) {
            return null;
        }
        double[] l = Stream.of(row.text("limits").split(";"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new VitalLimits(l[0], l[1], l[2], l[3], l[4], l[5]);
    }

    private static @Nullable String orNull(Table.Row row, String heading) {
        return row.isEmpty(heading) ? null : row.text(heading);
    }
}
