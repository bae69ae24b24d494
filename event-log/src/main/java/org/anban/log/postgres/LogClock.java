package org.anban.log.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's clock: the machine's, but never back, and as exact as the table keeps it. Belongs to the appender's thread.
 *
 * <p>Where the machine's clock was ahead and has been put right, this one stands still until it is reached: then nobody's
 * silence is noticed. A small step passes unsaid; more than {@link #MUCH} is an error, once each time that it begins.
 */
final class LogClock {
    static final Duration MUCH = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(LogClock.class);

    private final InstantSource time;
    private final String lane;
    private Instant last = Instant.EPOCH;
    private boolean said;

    LogClock(InstantSource time, String lane) {
        this.time = time;
        this.lane = lane;
    }

    /** The time of the next batch. */
    Instant next() {
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        if (!now.isBefore(last)) {
            said = false;
            return now;
        }
        Duration ahead = Duration.between(now, last);
        if (!said && ahead.compareTo(MUCH) > 0) {
            said = true;
            LOG.error(
                    "the clock of the {} log stands still at {}, for this machine's is {} s behind it: until then silence"
                            + " is not noticed; see docs/decisions/0007-a-clock-that-was-ahead.md",
                    lane,
                    last,
                    ahead.toSeconds());
        }
        return last;
    }

    /** A batch of this time is in the table. */
    void reached(Instant at) {
        if (at.isAfter(last)) {
            last = at;
        }
    }
}
