package org.anban.alert.console;

import java.util.List;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;

/**
 * A logged-in, on-duty console that has confirmed its stream lately: somebody who can be rung.
 *
 * @param areas as in {@link Principal}
 */
public record Console(String streamId, String personId, String name, Set<Role> roles, List<String> areas) {
    public Console {
        roles = Set.copyOf(roles);
        areas = List.copyOf(areas);
    }

    /** Whether it is the console of somebody in that role who works there; an unknown area is everybody's. */
    public boolean serves(Role role, String area) {
        return roles.contains(role) && sees(areas, area);
    }

    static boolean sees(List<String> areas, String area) {
        return area.isEmpty()
                || areas.stream().anyMatch(a -> a.isEmpty() || area.equals(a) || area.startsWith(a + "/"));
    }

    /** Whether staff may know of an incident in an area. */
    public static boolean maySee(Principal staff, String area) {
        return staff.isStaff() && sees(staff.areas(), area);
    }
}
