package org.anban.platform.resident;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectStatus;
import org.jspecify.annotations.Nullable;

/** Puts files together from what was read of many households at once. */
final class FileBinder {
    private final Households households;
    private final Function<String, String> stationOf;
    private final ToIntFunction<@Nullable LocalDate> age;
    private final Map<String, String> stations = new HashMap<>();

    /** @param stationOf the station of an area, asked once for each */
    FileBinder(Households households, Function<String, String> stationOf, ToIntFunction<@Nullable LocalDate> age) {
        this.households = households;
        this.stationOf = stationOf;
        this.age = age;
    }

    Optional<SubjectFile> resident(String id) {
        return households.resident(id).map(this::file);
    }

    Optional<SubjectFile> dwelling(String id) {
        return households.dwelling(id).map(this::file);
    }

    private SubjectLabel label(Resident resident) {
        String name = resident.details().name();
        return households
                .dwelling(resident.dwelling())
                .map(d -> at(resident.subject(), name, d))
                .orElseGet(() -> new SubjectLabel(resident.subject(), name, "", ""));
    }

    private SubjectLabel at(SubjectId id, String name, Dwelling d) {
        String station = d.station();
        return new SubjectLabel(
                id, name, d.area(), station == null ? stations.computeIfAbsent(d.area(), stationOf) : station);
    }

    private SubjectFile file(Resident r) {
        return new SubjectFile(
                label(r),
                r.standing().status(),
                age.applyAsInt(r.details().birthDate()),
                households.dwelling(r.dwelling()).map(Dwelling::address).orElse(""),
                r.details().phone(),
                households.contacts(r.id()),
                r.riskNotes(),
                List.of());
    }

    private SubjectFile file(Dwelling dwelling) {
        List<Resident> occupants = households.occupants(dwelling.id());
        List<String> notes = occupants.stream()
                .flatMap(r -> r.riskNotes().stream().map(n -> r.details().name() + "：" + n))
                .toList();
        String phone = occupants.stream()
                .map(r -> r.details().phone())
                .filter(p -> !p.isEmpty())
                .findFirst()
                .orElse("");
        return new SubjectFile(
                at(SubjectId.dwelling(dwelling.id()), dwelling.address(), dwelling),
                SubjectStatus.HOME,
                -1,
                dwelling.address(),
                phone,
                everybodysContacts(occupants),
                notes,
                occupants.stream().map(this::file).toList());
    }

    /** In calling order, whoever is to be called for several people once, and then numbered anew. */
    private List<Contact> everybodysContacts(List<Resident> occupants) {
        List<Contact> all = new ArrayList<>();
        occupants.forEach(r -> all.addAll(households.contacts(r.id())));
        all.sort(Comparator.comparingInt(Contact::order));
        Map<String, Contact> byPhone = new LinkedHashMap<>();
        for (Contact c : all) {
            byPhone.merge(
                    c.phone(),
                    c,
                    (first, again) -> numbered(first, first.order(), first.holdsKey() || again.holdsKey()));
        }
        List<Contact> called = new ArrayList<>();
        for (Contact c : byPhone.values()) {
            called.add(numbered(c, called.size() + 1, c.holdsKey()));
        }
        return called;
    }

    private static Contact numbered(Contact c, int order, boolean holdsKey) {
        return new Contact(c.id(), c.personId(), c.name(), c.relation(), c.phone(), order, holdsKey);
    }
}
