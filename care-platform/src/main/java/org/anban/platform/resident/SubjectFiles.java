package org.anban.platform.resident;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.anban.contracts.access.Role;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.Responder;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.platform.facility.Facilities;
import org.anban.platform.facility.Facility;
import org.anban.platform.person.Person;
import org.anban.platform.person.Persons;
import org.jspecify.annotations.Nullable;

/** The register as the other services ask it. Needs the tables only: it works while the platform's HTTP is down. */
public final class SubjectFiles implements ResidentDirectory {
    private final Residents residents;
    private final Facilities facilities;
    private final Persons persons;
    private final Function<String, Optional<String>> keeperOfDevice;
    private final InstantSource time;
    private final ZoneId zone;

    /**
     * @param keeperOfDevice id of the facility that a device belongs to, by device id: where an unbound button is
     * @param zone whose calendar ages go by
     */
    public SubjectFiles(
            Residents residents,
            Facilities facilities,
            Persons persons,
            Function<String, Optional<String>> keeperOfDevice,
            InstantSource time,
            ZoneId zone) {
        this.residents = residents;
        this.facilities = facilities;
        this.persons = persons;
        this.keeperOfDevice = keeperOfDevice;
        this.time = time;
        this.zone = zone;
    }

    @Override
    public SubjectProfile profile(SubjectId id) {
        return residents.profile(id);
    }

    @Override
    public Map<SubjectId, SubjectProfile> profiles(Collection<SubjectId> ids) {
        return residents.profiles(ids);
    }

    @Override
    public SubjectLabel label(SubjectId id) {
        return switch (id.kind()) {
            case RESIDENT -> residents.find(id.key()).map(this::label).orElseGet(() -> unknown(id));
            case DWELLING ->
                residents.dwelling(id.key()).map(d -> at(id, d.address(), d)).orElseGet(() -> unknown(id));
            case FACILITY -> facilities.find(id.key()).map(f -> label(id, f)).orElseGet(() -> unknown(id));
            case UNBOUND, RELAY ->
                keeperOfDevice
                        .apply(id.key())
                        .flatMap(facilities::find)
                        .map(f -> new SubjectLabel(id, id.key(), f.area(), f.id()))
                        .orElseGet(() -> unknown(id));
            case AREA ->
                facilities
                        .areaName(id.key())
                        .map(name -> new SubjectLabel(
                                id,
                                name,
                                id.key(),
                                facilities.stationOf(id.key()).orElse("")))
                        .orElseGet(() -> unknown(id));
            case MODEL, CARRIER, INTAKE -> unknown(id);
        };
    }

    @Override
    public Optional<SubjectFile> file(SubjectId id) {
        return Optional.ofNullable(files(List.of(id)).get(id));
    }

    @Override
    public Map<SubjectId, SubjectFile> files(Collection<SubjectId> ids) {
        Households households =
                residents.households(keys(ids, SubjectId.Kind.RESIDENT), keys(ids, SubjectId.Kind.DWELLING));
        FileBinder binder = new FileBinder(households, this::stationOf, this::age);
        Map<SubjectId, SubjectFile> found = new HashMap<>();
        for (SubjectId id : ids) {
            Optional<SubjectFile> file =
                    switch (id.kind()) {
                        case RESIDENT -> binder.resident(id.key());
                        case DWELLING -> binder.dwelling(id.key());
                        case FACILITY -> facilities.find(id.key()).map(this::file);
                        case UNBOUND, AREA, MODEL, CARRIER, RELAY, INTAKE -> Optional.empty();
                    };
            file.ifPresent(one -> found.put(id, one));
        }
        return found;
    }

    private static List<String> keys(Collection<SubjectId> ids, SubjectId.Kind kind) {
        return ids.stream().filter(id -> id.kind() == kind).map(SubjectId::key).toList();
    }

    private String stationOf(String area) {
        return facilities.stationOf(area).orElse("");
    }

    @Override
    public List<Contact> contacts(SubjectId id) {
        return switch (id.kind()) {
            case RESIDENT -> residents.contacts(id.key());
            case DWELLING -> file(id).map(SubjectFile::contacts).orElse(List.of());
            case FACILITY -> stationContact(id.key()).stream().toList();
            case UNBOUND, AREA, MODEL, CARRIER, RELAY, INTAKE -> List.of();
        };
    }

    @Override
    public Optional<Contact> stationContact(String station) {
        return facilities
                .find(station)
                .filter(f -> !f.phone().isEmpty())
                .map(f -> new Contact(f.id(), "", f.nameZh(), "station", f.phone(), 1, false));
    }

    @Override
    public Optional<Contact> dutyManager(String areaPath) {
        return persons.withRole(Role.DUTY_MANAGER).stream()
                .filter(p -> Nearness.reach(p, areaPath) >= 0)
                .max(Comparator.comparingInt(p -> Nearness.reach(p, areaPath)))
                .map(p -> new Contact(p.id(), p.id(), p.displayName(), "duty-manager", p.phone(), 1, false));
    }

    @Override
    public List<Responder> responders(String areaPath) {
        @Nullable String station = facilities.stationOf(areaPath).orElse(null);
        return persons.withRole(Role.RESPONDER).stream()
                .sorted(Comparator.comparingInt(p -> Nearness.steps(p, areaPath, station)))
                .map(SubjectFiles::responder)
                .toList();
    }

    @Override
    public Optional<Responder> responder(String id) {
        return persons.find(id)
                .filter(p -> p.post().roles().contains(Role.RESPONDER))
                .map(SubjectFiles::responder);
    }

    private static Responder responder(Person p) {
        String station = p.post().station();
        return new Responder(p.id(), p.displayName(), p.phone(), station == null ? "" : station);
    }

    private static SubjectLabel unknown(SubjectId id) {
        return new SubjectLabel(id, id.key(), "", "");
    }

    private static SubjectLabel label(SubjectId id, Facility f) {
        return new SubjectLabel(id, f.nameZh(), f.area(), f.id());
    }

    private SubjectLabel label(Resident resident) {
        String name = resident.details().name();
        return home(resident)
                .map(d -> at(resident.subject(), name, d))
                .orElseGet(() -> new SubjectLabel(resident.subject(), name, "", ""));
    }

    private SubjectLabel at(SubjectId id, String name, Dwelling d) {
        String station = d.station();
        return new SubjectLabel(
                id,
                name,
                d.area(),
                station == null ? facilities.stationOf(d.area()).orElse("") : station);
    }

    private Optional<Dwelling> home(Resident resident) {
        return Optional.ofNullable(resident.dwelling()).flatMap(residents::dwelling);
    }

    private SubjectFile file(Facility f) {
        SubjectId id = new SubjectId(SubjectId.Kind.FACILITY, f.id());
        return new SubjectFile(
                label(id, f), SubjectStatus.HOME, -1, f.address(), f.phone(), contacts(id), List.of(), List.of());
    }

    private int age(@Nullable LocalDate birthDate) {
        return birthDate == null
                ? -1
                : Period.between(birthDate, LocalDate.ofInstant(time.instant(), zone))
                        .getYears();
    }
}
