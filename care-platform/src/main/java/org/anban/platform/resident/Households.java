package org.anban.platform.resident;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anban.contracts.subject.Contact;
import org.jspecify.annotations.Nullable;

/** Residents, their homes, who else lives there and whom to call for them: read together, looked up one by one. */
final class Households {
    private final Map<String, Resident> residents;
    private final Map<String, List<Resident>> occupants;
    private final Map<String, Dwelling> dwellings;
    private final Map<String, List<Contact>> contacts;

    /** @param contacts by resident, each in calling order */
    Households(
            Collection<Resident> residents,
            Collection<Resident> occupants,
            Collection<Dwelling> dwellings,
            Map<String, List<Contact>> contacts) {
        this.residents = residents.stream().collect(Collectors.toMap(Resident::id, Function.identity()));
        this.occupants =
                occupants.stream().collect(Collectors.groupingBy(resident -> String.valueOf(resident.dwelling())));
        this.dwellings = dwellings.stream().collect(Collectors.toMap(Dwelling::id, Function.identity()));
        this.contacts = contacts;
    }

    Optional<Resident> resident(String id) {
        return Optional.ofNullable(residents.get(id));
    }

    Optional<Dwelling> dwelling(@Nullable String id) {
        return Optional.ofNullable(id).map(dwellings::get);
    }

    List<Resident> occupants(String dwelling) {
        return occupants.getOrDefault(dwelling, List.of());
    }

    List<Contact> contacts(String resident) {
        return contacts.getOrDefault(resident, List.of());
    }
}
