package org.anban.contracts.device;

import java.util.Optional;

/**
 * The stock register, as others ask it. Owned by the care platform. Calls block on the database or a cache of at most
 * a few seconds; never call them on an event loop.
 */
public interface DeviceDirectory {
    Optional<DeviceProfile> find(DeviceId id);
}
