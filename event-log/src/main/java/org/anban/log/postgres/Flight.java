package org.anban.log.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.log.LogBatch;
import org.anban.log.codec.BatchCodec;

/** A batch on its way into the table: from when it is collected until it is known what became of it. */
final class Flight {
    /** What an entry takes on the heap above what it takes in a body. */
    private static final int HEAP_OVERHEAD = 200;

    private final List<Pending> appends;
    private final List<LogEntry> entries;
    private final byte[] body;
    private long number;
    private Instant at = Instant.EPOCH;

    private Flight(List<Pending> appends, List<LogEntry> entries, byte[] body) {
        this.appends = appends;
        this.entries = entries;
        this.body = body;
    }

    /** @throws RuntimeException if one of the entries cannot be encoded */
    static Flight of(List<Pending> appends) {
        List<LogEntry> entries = new ArrayList<>();
        for (Pending pending : appends) {
            entries.addAll(pending.entries());
        }
        return new Flight(appends, entries, BatchCodec.encode(entries));
    }

    /** Gives it the number and the time under which it is tried next. */
    void stamp(long nextNumber, Instant nextAt) {
        number = nextNumber;
        at = nextAt;
    }

    /** It was tried at least once, so it may be in the table. */
    boolean wasTried() {
        return number > 0;
    }

    List<Pending> appends() {
        return appends;
    }

    int entries() {
        return entries.size();
    }

    byte[] body() {
        return body;
    }

    long number() {
        return number;
    }

    Instant at() {
        return at;
    }

    long heapBytes() {
        return body.length + (1L + entries.size()) * HEAP_OVERHEAD;
    }

    LogBatch batch(Lane lane) {
        return new LogBatch(lane, number, at, entries);
    }
}
