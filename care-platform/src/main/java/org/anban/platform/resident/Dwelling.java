package org.anban.platform.resident;

import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * A home.
 *
 * @param station the station that answers for it, or null for the one of its area
 */
public record Dwelling(String id, String address, String area, @Nullable String station) {
    public Dwelling {
        if (id.isBlank() || address.isBlank()) {
            throw CareException.invalid("dwelling: needs an id and an address");
        }
    }
}
