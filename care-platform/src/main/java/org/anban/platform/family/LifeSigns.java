package org.anban.platform.family;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.anban.contracts.event.Signal;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.contracts.reading.ReadingPoint;
import org.anban.contracts.subject.SubjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last measurements of a resident, as far as the store of readings answers. */
final class LifeSigns {
    /** The last value of one signal. */
    record Last(Signal signal, ReadingPoint point) {}

    private static final Logger LOG = LoggerFactory.getLogger(LifeSigns.class);
    private static final Duration SPAN = Duration.ofHours(24);
    private static final int MINUTES = (int) SPAN.toMinutes();
    private static final List<Signal> SHOWN =
            List.of(Signal.HEART_RATE, Signal.SPO2, Signal.RESPIRATION_RATE, Signal.IN_BED, Signal.STEPS);

    private final Supplier<ReadingHistory> history;

    LifeSigns(Supplier<ReadingHistory> history) {
        this.history = history;
    }

    /** What was heard in the last 24 hours; empty too if the readings cannot be had. */
    List<Last> of(SubjectId subject, Instant now) {
        List<Last> found = new ArrayList<>();
        try {
            for (Signal signal : SHOWN) {
                List<ReadingPoint> points =
                        history.get().series(subject, signal, now.minus(SPAN), now.plusSeconds(1), MINUTES);
                if (!points.isEmpty()) {
                    found.add(new Last(signal, points.get(points.size() - 1)));
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("readings cannot be had for a family read", e);
        }
        return found;
    }
}
