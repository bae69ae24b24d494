package org.anban.alert.rule;

import java.util.Optional;
import org.anban.alert.memory.DeviceTrack;
import org.anban.contracts.device.DeviceProfile;

/** How soon a device said that it would be heard again. All times are milliseconds. */
public final class Promise {
    private static final long LEAST_GRACE = 10_000;

    private Promise() {}

    /** What it said itself goes before what its model is known for. */
    public static long interval(DeviceTrack track, Optional<DeviceProfile> device, RuleConfig config) {
        if (track.nextWithin() > 0) {
            return track.nextWithin();
        }
        return device.map(DeviceProfile::reportInterval)
                .orElse(config.usualInterval())
                .toMillis();
    }

    /** After so long without a word it has broken its promise; a little late is not. */
    public static long broken(long interval) {
        return interval + Math.max(interval / 4, LEAST_GRACE);
    }
}
