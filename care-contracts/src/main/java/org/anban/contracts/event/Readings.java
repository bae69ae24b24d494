package org.anban.contracts.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Numbers measured at one instant.
 *
 * @param nextWithin the longest time until the next ones, if the device said so (SenML {@code ut})
 */
public record Readings(EventTime time, SignalValues values, @Nullable Duration nextWithin) implements DeviceEvent {
    @Override
    public Lane lane() {
        return Lane.TELEMETRY;
    }
}
