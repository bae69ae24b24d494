package org.anban.contracts.reading;

import java.time.Instant;
import java.util.List;
import org.anban.contracts.event.Signal;
import org.anban.contracts.subject.SubjectId;

/** What was measured. Owned by the device gateway. Calls block. */
public interface ReadingHistory {
    /**
     * A series in time order, {@code from ≤ at < to}, at most {@code limit} points: where there are more, each point
     * is the median of an equal stretch of time.
     */
    List<ReadingPoint> series(SubjectId subject, Signal signal, Instant from, Instant to, int limit);
}
