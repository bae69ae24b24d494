package org.anban.gateway.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.contracts.reading.ReadingPoint;

/** One point for each equal stretch of time that has any: the median, at the middle of the stretch. */
final class Medians {
    private final Instant from;
    private final double stretchSeconds;
    private final List<ReadingPoint> points = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private long current;

    Medians(Instant from, Duration length, int stretches) {
        this.from = from;
        this.stretchSeconds = length.toNanos() / 1e9 / stretches;
    }

    /** To be called in the order of time. */
    void add(Instant at, double value) {
        long stretch = (long) (Duration.between(from, at).toNanos() / 1e9 / stretchSeconds);
        if (stretch != current) {
            finish();
            current = stretch;
        }
        values.add(value);
    }

    List<ReadingPoint> points() {
        finish();
        return points;
    }

    private void finish() {
        if (values.isEmpty()) {
            return;
        }
        values.sort(null);
        int middle = values.size() / 2;
        double median = values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
        points.add(new ReadingPoint(from.plusMillis(Math.round((current + 0.5) * stretchSeconds * 1000)), median));
        values.clear();
    }
}
