package org.anban.simulator.recording;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The oldest recipe for a wrist: a moment of lightness, a hard impact within a second, then stillness. Thresholds are
 * round numbers of the kind that the literature gives for simple detectors (domain notes 6.4: impact about 3 g, dip about
 * half a g); they were not tuned on any recording.
 *
 * <p>It stands for what a cheap watch sends, and is no good detector: falls that are soft, slow, or after which the
 * wearer moves are missed, and sitting down hard with still hands can pass for a fall. Its reports are candidates.
 * Measured figures are in docs/simulator.md.
 */
final class FallDetector {
    private static final double IMPACT = 30;
    private static final double LIGHT = 6;
    private static final double LIGHT_WITHIN_SECONDS = 1;
    private static final double REST_BEGINS_SECONDS = 1;
    private static final double REST_ENDS_SECONDS = 3;
    private static final double STILL_DEVIATION = 2;
    private static final int LEAST_SAMPLES = 10;

    private record Sample(double seconds, double magnitude) {}

    private final Deque<Sample> recent = new ArrayDeque<>();
    private double impactAt = Double.NaN;
    private int resting;
    private double sum;
    private double squares;

    /**
     * @param seconds never less than before
     * @param magnitude of the acceleration, gravity included, m/s²
     * @return whether a fall is reported at this moment
     */
    boolean sample(double seconds, double magnitude) {
        boolean fell = !Double.isNaN(impactAt) && seconds > impactAt + REST_ENDS_SECONDS && decide();
        if (magnitude >= IMPACT && wasLight(seconds)) {
            impact(seconds);
        } else if (!Double.isNaN(impactAt) && seconds >= impactAt + REST_BEGINS_SECONDS) {
            resting++;
            sum += magnitude;
            squares += magnitude * magnitude;
        }
        recent.addLast(new Sample(seconds, magnitude));
        while (recent.getFirst().seconds < seconds - LIGHT_WITHIN_SECONDS) {
            recent.removeFirst();
        }
        return fell;
    }

    /** At the end of a recording decides on what was seen of the rest. */
    boolean end() {
        return !Double.isNaN(impactAt) && decide();
    }

    private boolean wasLight(double seconds) {
        return recent.stream()
                .anyMatch(sample -> sample.magnitude <= LIGHT && sample.seconds >= seconds - LIGHT_WITHIN_SECONDS);
    }

    /** A harder knock during the fall begins the rest anew. */
    private void impact(double seconds) {
        impactAt = seconds;
        resting = 0;
        sum = 0;
        squares = 0;
    }

    private boolean decide() {
        impactAt = Double.NaN;
        if (resting < LEAST_SAMPLES) {
            return false;
        }
        double mean = sum / resting;
        return Math.sqrt(Math.max(0, squares / resting - mean * mean)) <= STILL_DEVIATION;
    }
}
