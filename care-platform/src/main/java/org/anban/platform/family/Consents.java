package org.anban.platform.family;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.Database;
import org.anban.platform.resident.Resident;
import org.anban.platform.resident.Residents;

/**
 * Who of a family may see what. Asked of the table every time: a consent that is withdrawn is gone at once. Calls
 * block.
 */
public final class Consents implements FamilyAccess {
    private final Database database;
    private final Residents residents;
    private final InstantSource time;
    private final ConsentStore store = new ConsentStore();

    public Consents(Database database, Residents residents, InstantSource time) {
        this.database = database;
        this.residents = residents;
        this.time = time;
    }

    /** Adds a consent unless its id is there already. */
    public boolean add(Consent consent) {
        return database.inTransaction(db -> store.insert(db, consent));
    }

    public void withdraw(String id, Instant at) {
        if (database.inTransaction(db -> store.withdraw(db, id, at)) == 0) {
            throw CareException.notFound("no such consent");
        }
    }

    /**
     * A resident's consent counts for the resident. An alarm of a dwelling may be seen by the family of whoever lives
     * there; its readings by nobody's, since they are not one person's.
     */
    @Override
    public boolean mayRead(Principal family, SubjectId subject, Scope scope) {
        if (!family.hasAny(Role.FAMILY)) {
            return false;
        }
        Set<String> consenting = held(family.personId()).stream()
                .filter(h -> h.scope() == scope)
                .map(ConsentStore.Held::resident)
                .collect(Collectors.toSet());
        return switch (subject.kind()) {
            case RESIDENT -> consenting.contains(subject.key());
            case DWELLING ->
                scope == Scope.ALARMS
                        && !consenting.isEmpty()
                        && residents.occupants(subject.key()).stream()
                                .map(Resident::id)
                                .anyMatch(consenting::contains);
            case FACILITY, UNBOUND, AREA, MODEL, CARRIER, RELAY, INTAKE -> false;
        };
    }

    List<ConsentStore.Held> held(String familyId) {
        return database.inTransaction(db -> store.held(db, familyId, time.instant()));
    }
}
