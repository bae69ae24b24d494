package org.anban.contracts.device;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stock register, as others ask it. Owned by the care platform. Calls block on the database or a cache of at most
 * a few seconds; never call them on an event loop.
 */
public interface DeviceDirectory {
    Optional<DeviceProfile> find(DeviceId id);

    /**
     * Many at once; those that the register does not know are absent. An owner with a database answers it with one
     * query: the gateway asks for every connected device each few seconds.
     */
    default Map<DeviceId, DeviceProfile> findAll(Collection<DeviceId> ids) {
        Map<DeviceId, DeviceProfile> found = new HashMap<>();
        for (DeviceId id : ids) {
            find(id).ifPresent(profile -> found.put(id, profile));
        }
        return found;
    }

    /**
     * For whom relays and vendor accounts may speak: by speaker, what each calls a device on its list (a friendly name,
     * the vendor's number) and the device. A speaker without a list is absent.
     */
    default Map<DeviceId, Map<String, DeviceProfile>> children(Collection<DeviceId> speakers) {
        return Map.of();
    }
}
