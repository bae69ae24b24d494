package org.anban.alert.casefile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is behind an outage of many, whom to call first first. */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final int AT_ONCE = 1_000;
    private static final Comparator<Person> FIRST = Comparator.comparing((Person person) -> !person.silent())
            .thenComparing(Person::rank)
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

        /** Of whom nothing is known may depend on power: after those who do, before all others. */
        double rank() {
            return known ? order().ordinal() : CallOrder.POWERED_BED.ordinal() + 0.5;
        }
    }

    /** Of an incident; empty if it is no outage of many. What the register does not tell in time has no name or area. */
    List<Person> of(String incident) {
        Map<SubjectId, List<Member>> devices = new LinkedHashMap<>();
        for (Member member : database.inTransaction(tx -> store.ofIncident(tx, incident))) {
            devices.computeIfAbsent(member.subject(), key -> new ArrayList<>()).add(member);
        }
        Map<SubjectId, SubjectFile> files = files(List.copyOf(devices.keySet()));
        List<Person> people = new ArrayList<>();
        devices.forEach((subject, members) -> {
            SubjectFile file = files.get(subject);
            people.add(new Person(file == null ? unknown(subject) : file, file != null, members));
        });
        people.sort(FIRST);
        return people;
    }

    /** Many at a time; if the register fails, those whom it told of before. */
    private Map<SubjectId, SubjectFile> files(List<SubjectId> subjects) {
        PatientRegister.Inquiry inquiry = register.inquiry();
        Map<SubjectId, SubjectFile> found = new HashMap<>();
        try {
            for (int from = 0; from < subjects.size(); from += AT_ONCE) {
                found.putAll(inquiry.files(subjects.subList(from, Math.min(subjects.size(), from + AT_ONCE))));
            }
        } catch (CareException e) {
            LOG.warn("the register told of {} of {} members: {}", found.size(), subjects.size(), e.getMessage());
        }
        return found;
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

    /** Some of these people, and how many there are. */
    static JsonObject page(List<Person> people, int offset, int limit) {
        int from = Math.min(offset, people.size());
        return new JsonObject()
                .put(
                        "items",
                        CaseJson.array(people.subList(from, Math.min(people.size(), from + limit)), Membership::json))
                .put("total", people.size())
                .put("silent", people.stream().filter(Person::silent).count());
    }

    private static JsonObject json(Person person) {
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
