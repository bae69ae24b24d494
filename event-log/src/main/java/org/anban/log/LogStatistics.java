package org.anban.log;

import java.time.Duration;
import java.util.List;

/**
 * What a lane has done since this process opened it; every number only grows.
 *
 * @param interruptions times that the appending connection was lost or a commit failed
 */
public record LogStatistics(Written written, long refusedAppends, long interruptions, CommitTimes commitTimes) {
    /**
     * Committed by this process.
     *
     * @param batches all rows, ticks included
     * @param bodyBytes size of the bodies as stored
     */
    public record Written(long batches, long ticks, long entries, long bodyBytes) {}

    /** How long commits took, from sending the statement to hearing that it is durable. */
    public record CommitTimes(long count, Duration total, Duration longest, List<Bucket> buckets) {
        public CommitTimes {
            buckets = List.copyOf(buckets);
        }

        public Duration average() {
            return count == 0 ? Duration.ZERO : total.dividedBy(count);
        }
    }

    /**
     * Commits that took at most so long (and longer than the bucket before).
     *
     * @param atMost the last bucket's is longer than any commit can take
     */
    public record Bucket(Duration atMost, long count) {}
}
