package org.anban.log.postgres;

import java.time.Duration;

/** How much the log holds at a time, and how often it does things. */
public record LogLimits(Sizes sizes, Pace pace) {
    /**
     * @param batchBytes (estimated) at which a batch is full; one append is never split, so a batch can be larger by one
     * @param batchEntries at which a batch is full
     * @param ringBytes (estimated, on the heap) of recent batches a lane keeps in memory
     * @param ringBatches kept in memory at most, a lane
     * @param readBytes of bodies fetched at a time by a reader that lags
     * @param segmentBatches rows in one segment (partition) of a lane's table
     */
    public record Sizes(
            int batchBytes, int batchEntries, long ringBytes, int ringBatches, int readBytes, long segmentBatches) {
        public Sizes {
            positive("batchBytes", batchBytes);
            positive("batchEntries", batchEntries);
            positive("ringBytes", ringBytes);
            positive("ringBatches", ringBatches);
            positive("readBytes", readBytes);
            positive("segmentBatches", segmentBatches - 1);
        }
    }

    /**
     * @param tickEvery after so long without a batch an empty one is appended
     * @param lockEvery how often a process that stands by asks whether it may take over
     * @param pollEvery how often a reader looks into the table when this process does not append
     * @param answerWithin a statement that takes longer is given up, its outcome unknown
     * @param closeWithin how long closing may take before what is not committed is refused
     */
    public record Pace(
            Duration tickEvery, Duration lockEvery, Duration pollEvery, Duration answerWithin, Duration closeWithin) {
        public Pace {
            positive("tickEvery", tickEvery.toMillis());
            positive("lockEvery", lockEvery.toMillis());
            positive("pollEvery", pollEvery.toMillis());
            positive("answerWithin", answerWithin.toMillis());
            positive("closeWithin", closeWithin.toMillis());
        }
    }

    public static LogLimits defaults() {
        return new LogLimits(
                new Sizes(2 << 20, 50_000, 64 << 20, 8_192, 4 << 20, 65_536),
                new Pace(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10)));
    }

    public LogLimits with(Sizes other) {
        return new LogLimits(other, pace);
    }

    public LogLimits with(Pace other) {
        return new LogLimits(sizes, other);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("log limit " + name + ": must be above zero");
        }
    }
}
