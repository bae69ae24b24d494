package org.anban.platform.device;

import java.time.Duration;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * One piece of the stock.
 *
 * @param keeper id of the facility whose stock it is, or null; says where an unbound device belongs
 */
public record Device(DeviceId id, Model model, State state, @Nullable String keeper) {
    /** Where a device is in its life. An alarm counts whatever the state says. */
    public enum State {
        IN_STOCK,
        IN_USE,
        IN_REPAIR,
        RETIRED
    }

    /**
     * What is the same for every device of a make.
     *
     * @param countsDown asks its wearer and counts down before it reports a fall
     * @param reportInterval the longest time between two messages of a healthy device, whole seconds
     */
    public record Model(String kind, String name, boolean countsDown, Duration reportInterval) {
        public Model {
            if (kind.isBlank() || name.isBlank()) {
                throw CareException.invalid("device model: needs a kind and a name");
            }
            if (reportInterval.toSeconds() < 1) {
                throw CareException.invalid("device model: the report interval is at least a second");
            }
        }
    }
}
