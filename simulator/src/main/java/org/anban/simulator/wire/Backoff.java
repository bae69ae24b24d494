package org.anban.simulator.wire;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts to connect: doubling from one second to a minute, each shortened by up to half at random. */
final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long full = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(full - random.nextLong(full / 2 + 1));
    }

    void reset() {
        failures = 0;
    }
}
