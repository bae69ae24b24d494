package org.anban.platform.family;

import java.util.Set;
import org.anban.contracts.access.FamilyAccess;
import org.anban.platform.resident.Resident;

/** A resident as one person of the family may see them. */
record Kin(Resident resident, String relation, Set<FamilyAccess.Scope> scopes) {
    Kin {
        scopes = Set.copyOf(scopes);
    }
}
