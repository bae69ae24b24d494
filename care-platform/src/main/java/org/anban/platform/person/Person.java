package org.anban.platform.person;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account: staff, a responder, or family.
 *
 * @param username kept in lower case
 */
public record Person(String id, String username, String displayName, String phone, Post post) {
    /**
     * What the person may be, and where.
     *
     * @param areas area paths; an empty string is everywhere; empty for family
     * @param station id of the station that the person belongs to, or null
     */
    public record Post(Set<Role> roles, List<String> areas, @Nullable String station) {
        public Post {
            roles = Set.copyOf(roles);
            areas = List.copyOf(areas);
        }
    }

    public Person {
        username = username.strip().toLowerCase(Locale.ROOT);
        if (id.isBlank() || username.isEmpty() || displayName.isBlank()) {
            throw CareException.invalid("person: needs an id, a user name and a display name");
        }
    }
}
