package org.anban.platform.family;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.subject.SubjectId;
import org.anban.platform.resident.Residents;

/** Whom a person of the family may see now. */
final class Families {
    private final Consents consents;
    private final Residents residents;

    Families(Consents consents, Residents residents) {
        this.consents = consents;
        this.residents = residents;
    }

    List<Kin> of(String familyId) {
        Map<String, Set<FamilyAccess.Scope>> scopes = new LinkedHashMap<>();
        Map<String, String> relations = new LinkedHashMap<>();
        for (ConsentStore.Held held : consents.held(familyId)) {
            scopes.computeIfAbsent(held.resident(), r -> EnumSet.noneOf(FamilyAccess.Scope.class))
                    .add(held.scope());
            relations.put(held.resident(), held.relation());
        }
        return scopes.entrySet().stream()
                .flatMap(e ->
                        residents.find(e.getKey()).stream().map(r -> new Kin(r, relations.get(r.id()), e.getValue())))
                .toList();
    }

    Optional<Kin> find(String familyId, SubjectId subject) {
        return of(familyId).stream()
                .filter(k -> k.resident().subject().equals(subject))
                .findFirst();
    }
}
