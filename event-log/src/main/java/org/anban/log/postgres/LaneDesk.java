package org.anban.log.postgres;

import org.anban.log.table.LaneTable;
import org.anban.log.table.StoredBatches;

/** What the appender of a lane, its readers and its callers share; each part is safe for any thread. */
record LaneDesk(LaneTable table, Intake intake, Ring ring, StoredBatches stored, LaneCounters counters) {
    static LaneDesk of(LaneTable table, PostgresEventLog.Parts parts) {
        LogLimits.Sizes sizes = parts.limits().sizes();
        return new LaneDesk(
                table,
                new Intake(sizes),
                new Ring(sizes),
                new StoredBatches(table, parts.reads(), sizes.readBytes()),
                new LaneCounters());
    }
}
