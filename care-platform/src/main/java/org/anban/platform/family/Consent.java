package org.anban.platform.family;

import java.time.Instant;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * What a resident has agreed that one person of the family may see.
 *
 * @param to first instant at which it no longer holds, or null
 */
public record Consent(
        String id, String resident, String family, FamilyAccess.Scope scope, Instant from, @Nullable Instant to) {
    public Consent {
        if (to != null && !to.isAfter(from)) {
            throw CareException.invalid("consent: it ends before it begins");
        }
    }
}
