package org.anban.contracts.access;

import java.util.List;
import java.util.Set;

/**
 * Somebody who is logged in.
 *
 * @param sessionId id of the login, for presence and audit; not the token
 * @param areas area paths the person works in; an empty string is everywhere. Empty for family
 */
public record Principal(
        String personId, String username, String displayName, Set<Role> roles, List<String> areas, String sessionId) {
    public Principal {
        roles = Set.copyOf(roles);
        areas = List.copyOf(areas);
    }

    public boolean hasAny(Role... wanted) {
        for (Role role : wanted) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** Call-centre staff: those who see the queue. */
    public boolean isStaff() {
        return hasAny(Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER);
    }

    /** Whether an area path lies in what the person works in. */
    public boolean worksIn(String areaPath) {
        return areas.stream().anyMatch(a -> a.isEmpty() || areaPath.equals(a) || areaPath.startsWith(a + "/"));
    }
}
