package org.anban.alert.evaluation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane has been evaluated.
 *
 * @param batch number of the last batch, 0 before the first
 * @param clock the log's clock at it; null before the first
 * @param listeningSince the silence of anything counts from here at the earliest
 */
public record Progress(long batch, @Nullable Instant clock, Instant listeningSince) {
    public static final Progress START = new Progress(0, null, Instant.EPOCH);
}
