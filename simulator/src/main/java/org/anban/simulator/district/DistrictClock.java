package org.anban.simulator.district;

import java.time.Duration;
import java.time.Instant;

/** The residents' time: equal to ours at the start, and from there as fast as wanted. */
record DistrictClock(Instant start, double speed) {
    Instant moment(Instant now) {
        return start.plusMillis((long) (Duration.between(start, now).toMillis() * speed));
    }
}
