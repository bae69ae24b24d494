package org.anban.log.postgres;

import java.util.List;
import org.anban.contracts.event.LogEntry;
import org.anban.log.EventLog;
import org.anban.log.codec.BatchCodec;

/** One append that waits for its batch. */
record Pending(List<LogEntry> entries, EventLog.Callback callback, int bytes) {
    static Pending of(List<LogEntry> entries, EventLog.Callback callback) {
        List<LogEntry> copy = List.copyOf(entries);
        int bytes = 0;
        for (LogEntry entry : copy) {
            bytes += BatchCodec.estimate(entry);
        }
        return new Pending(copy, callback, bytes);
    }
}
