package org.anban.log.postgres;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A lane's clock: the machine's, but never back, and as exact as the table keeps it. Belongs to the appender's thread. */
final class LogClock {
    private final InstantSource time;
    private Instant last = Instant.EPOCH;

    LogClock(InstantSource time) {
        this.time = time;
    }

    /** The time of the next batch. */
    Instant next() {
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(last) ? last : now;
    }

    /** A batch of this time is in the table. */
    void reached(Instant at) {
        if (at.isAfter(last)) {
            last = at;
        }
    }
}
