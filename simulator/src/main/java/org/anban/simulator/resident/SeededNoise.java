package org.anban.simulator.resident;

import java.nio.charset.StandardCharsets;

/** Chance that is the same each time it is asked for the same thing. */
public final class SeededNoise {
    private final long seed;

    private SeededNoise(long seed) {
        this.seed = seed;
    }

    public static SeededNoise of(long seed, String about) {
        long mixed = seed;
        for (byte each : about.getBytes(StandardCharsets.UTF_8)) {
            mixed = mix(mixed * 31 + each);
        }
        return new SeededNoise(mix(mixed));
    }

    /** A source of its own for one aspect. */
    public SeededNoise about(String aspect) {
        return of(seed, aspect);
    }

    /** Even between 0 (included) and 1 (excluded). */
    public double unit(long index) {
        return (mix(seed + index * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    /** Even between the two. */
    public double between(long index, double low, double high) {
        return low + unit(index) * (high - low);
    }

    /** Between -1 and 1, changing smoothly over time with a new target each {@code periodSeconds}. */
    public double smooth(double seconds, double periodSeconds) {
        double position = seconds / periodSeconds;
        long index = (long) Math.floor(position);
        double part = position - index;
        double weight = part * part * (3 - 2 * part);
        return (unit(index) * (1 - weight) + unit(index + 1) * weight) * 2 - 1;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
