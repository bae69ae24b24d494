package org.anban.alert.detection;

import java.time.Duration;
import java.time.Instant;
import org.anban.alert.evaluation.Effects;
import org.anban.log.LogBatch;

/**
 * When to store what is not urgent: each second of the log's clock or as soon as the lane falls quiet, and
 * less often the longer it takes, so that under load it stays a small part of the work. Always often enough for other
 * processes to see by what is stored that evaluation is not {@link DetectorHealth#FURTHEST_BEHIND behind}.
 */
final class Checkpoints {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration EVERY_IDLE = Duration.ofSeconds(3);
    private static final long LONGEST_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int SHARE_OF_TIME = 20;

    private Instant lastClock = Instant.EPOCH;
    private long lastNanos;
    private long pauseNanos;

    Checkpoints() {
        lastNanos = System.nanoTime();
    }

    boolean due(LogBatch batch, Effects effects) {
        if (effects.urgent()) {
            return true;
        }
        Duration since = Duration.between(lastClock, batch.at());
        if (effects.isEmpty()) {
            return since.compareTo(EVERY_IDLE) >= 0;
        }
        return batch.isTick() || since.compareTo(EVERY) >= 0 && paused();
    }

    /** When no batch comes for a moment: what is evaluated may as well become durable. */
    boolean dueInQuiet(Effects effects) {
        return !effects.isEmpty() && paused();
    }

    private boolean paused() {
        return System.nanoTime() - lastNanos >= pauseNanos;
    }

    void stored(Instant clock, long startedNanos) {
        lastClock = clock;
        lastNanos = System.nanoTime();
        pauseNanos = Math.min(LONGEST_NANOS, (lastNanos - startedNanos) * SHARE_OF_TIME);
    }
}
