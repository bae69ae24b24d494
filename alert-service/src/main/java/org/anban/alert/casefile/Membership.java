package org.anban.alert.casefile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.alert.blackout.BlackoutStore;
import org.anban.alert.blackout.Member;
import org.anban.alert.register.PatientRegister;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.kit.database.Database;
import org.jspecify.annotations.Nullable;

/** Who is behind an outage of many, whom to call first first. */
final class Membership {
    private static final Comparator<Person> FIRST = Comparator.comparing((Person person) -> !person.silent())
            .thenComparing(Person::order)
            .thenComparing(person -> -person.file().age())
            .thenComparing(person -> person.file().label().name());

    private final Database database;
    private final PatientRegister register;
    private final BlackoutStore store = new BlackoutStore();

    Membership(Database database, PatientRegister register) {
        this.database = database;
        this.register = register;
    }

    /** One subject with the devices that fell silent. */
    record Person(SubjectFile file, boolean known, List<Member> devices) {
        boolean silent() {
            return devices.stream().anyMatch(Member::isSilent);
        }

        CallOrder order() {
            return CallOrder.of(file);
        }
    }

    /** Of an incident; empty if it is no outage of many. What the register does not tell in time has no name or area. */
    List<Person> of(String incident) {
        Map<SubjectId, List<Member>> devices = new LinkedHashMap<>();
        for (Member member : database.inTransaction(tx -> store.ofIncident(tx, incident))) {
            devices.computeIfAbsent(member.subject(), key -> new ArrayList<>()).add(member);
        }
        PatientRegister.Inquiry inquiry = register.inquiry();
        List<Person> people = new ArrayList<>();
        devices.forEach((subject, members) -> {
            SubjectFile file = file(inquiry, subject);
            people.add(new Person(file == null ? unknown(subject) : file, file != null, members));
        });
        people.sort(FIRST);
        return people;
    }

    private static @Nullable SubjectFile file(PatientRegister.Inquiry inquiry, SubjectId subject) {
        try {
            return inquiry.file(subject).orElse(null);
        } catch (CareException e) {
            return null;
        }
    }

    private static SubjectFile unknown(SubjectId subject) {
        return new SubjectFile(
                new SubjectLabel(subject, subject.key(), "", ""),
                SubjectStatus.HOME,
                -1,
                "",
                "",
                List.of(),
                List.of(),
                List.of());
    }

    static JsonObject json(Person person) {
        JsonArray devices = CaseJson.array(person.devices(), member -> new JsonObject()
                .put("device", member.device())
                .put("silentSince", member.silentSince().toString())
                .put("backAt", member.backAt() == null ? null : member.backAt().toString()));
        SubjectFile file = person.file();
        return new JsonObject()
                .put("subject", file.label().id().toString())
                .put("name", file.label().name())
                .put("area", file.label().areaPath())
                .put("known", person.known())
                .put("address", file.address())
                .put("phone", file.phone())
                .put("age", file.age())
                .put("riskNotes", new JsonArray(file.riskNotes()))
                .put("callFirst", person.order().name())
                .put("silent", person.silent())
                .put("devices", devices);
    }
}
