package org.anban.log.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.anban.log.LogStatistics;

/** Counts what a lane does. */
final class LaneCounters {
    private static final long[] BOUNDS_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, Integer.MAX_VALUE};

    private final long[] buckets = new long[BOUNDS_MILLIS.length];
    private long batches;
    private long ticks;
    private long entries;
    private long bodyBytes;
    private long refused;
    private long interruptions;
    private long timed;
    private long totalNanos;
    private long longestNanos;

    synchronized void committed(int entriesOfBatch, int bytes) {
        batches++;
        ticks += entriesOfBatch == 0 ? 1 : 0;
        entries += entriesOfBatch;
        bodyBytes += bytes;
    }

    synchronized void took(long nanos) {
        timed++;
        totalNanos += nanos;
        longestNanos = Math.max(longestNanos, nanos);
        int bucket = 0;
        while (nanos > BOUNDS_MILLIS[bucket] * 1_000_000) {
            bucket++;
        }
        buckets[bucket]++;
    }

    synchronized void refused() {
        refused++;
    }

    synchronized void interrupted() {
        interruptions++;
    }

    synchronized LogStatistics snapshot() {
        List<LogStatistics.Bucket> histogram = new ArrayList<>();
        for (int i = 0; i < buckets.length; i++) {
            histogram.add(new LogStatistics.Bucket(Duration.ofMillis(BOUNDS_MILLIS[i]), buckets[i]));
        }
        return new LogStatistics(
                new LogStatistics.Written(batches, ticks, entries, bodyBytes),
                refused,
                interruptions,
                new LogStatistics.CommitTimes(
                        timed, Duration.ofNanos(totalNanos), Duration.ofNanos(longestNanos), histogram));
    }
}
