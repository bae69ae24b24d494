package org.anban.platform.demo;

import java.util.List;
import java.util.Set;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.subject.SubjectId;

/**
 * What is in the demo district, for whoever wants to log in or to speak as a device.
 *
 * @param devices with whom each was bound to when the district was laid out
 */
public record DemoDescription(List<Account> accounts, List<Equipment> devices) {
    /** Somebody who can log in, once a password is given. */
    public record Account(String personId, String username, String displayName, Set<Role> roles) {
        public Account {
            roles = Set.copyOf(roles);
        }
    }

    /** A device; an unbound one is its own subject. */
    public record Equipment(DeviceId id, String kind, SubjectId subject) {}

    public DemoDescription {
        accounts = List.copyOf(accounts);
        devices = List.copyOf(devices);
    }

    /** Accounts with a role, in a fixed order. */
    public List<Account> accounts(Role role) {
        return accounts.stream().filter(a -> a.roles().contains(role)).toList();
    }
}
