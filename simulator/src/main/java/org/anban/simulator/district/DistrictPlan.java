package org.anban.simulator.district;

import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How the district runs.
 *
 * @param seed the same seed, the same people and quirks
 * @param speed how fast the residents' day passes. Devices still speak as often as devices do, with the present time:
 *     a clock that ran ahead would be a wrong clock
 * @param rareEventsPerDay falls and pressed buttons for each resident and real day; 0 for a district without alarms
 * @param backfill whether the last 24 hours of heart rate are delivered at the start, as after a long gap
 * @param truthFile where the ground truth is kept, one JSON object a line; null for in memory only, and bounded
 */
public record DistrictPlan(
        long seed, double speed, double rareEventsPerDay, boolean backfill, ZoneId zone, @Nullable Path truthFile) {
    public static final DistrictPlan DEFAULT =
            new DistrictPlan(20_260_105, 1, 0, true, ZoneId.of("Asia/Shanghai"), null);

    public DistrictPlan {
        if (!(speed > 0 && speed <= 1_000)) {
            throw new IllegalArgumentException("speed: above 0 and at most 1000, not " + speed);
        }
        if (!(rareEventsPerDay >= 0 && rareEventsPerDay <= 1_000)) {
            throw new IllegalArgumentException("rareEventsPerDay: 0 to 1000, not " + rareEventsPerDay);
        }
    }

    public DistrictPlan withoutBackfill() {
        return new DistrictPlan(seed, speed, rareEventsPerDay, false, zone, truthFile);
    }
}
