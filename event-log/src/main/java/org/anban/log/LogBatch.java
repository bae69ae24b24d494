package org.anban.log;

import java.time.Instant;
import java.util.List;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;

/**
 * What one commit added to a lane.
 *
 * @param number dense, from 1
 * @param at the log's clock: never goes back within a lane
 * @param entries in order; an empty list is a tick
 */
public record LogBatch(Lane lane, long number, Instant at, List<LogEntry> entries) {
    public LogBatch {
        entries = List.copyOf(entries);
    }

    public boolean isTick() {
        return entries.isEmpty();
    }
}
