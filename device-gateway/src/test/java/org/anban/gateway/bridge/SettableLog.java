package org.anban.gateway.bridge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.log.EventLog;
import org.anban.log.LogBatch;

/** A log that says of itself what a test wants, and counts how often it was asked. */
final class SettableLog implements EventLog {
    private final EventLog real;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Status status;

    SettableLog(EventLog real, Status status) {
        this.real = real;
        this.status = status;
    }

    void become(Status now) {
        status = now;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public Status status(Lane lane) {
        asked.incrementAndGet();
        return status;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public void append(Lane lane, List<LogEntry> entries, Callback callback) {
        real.append(lane, entries, callback);
    }

    @Override
    public long backlogBytes(Lane lane) {
        return real.backlogBytes(lane);
    }

    @Override
    public LogBatch next(Lane lane, long after, Duration wait) throws InterruptedException {
        return real.next(lane, after, wait);
    }

    @Override
    public long newest(Lane lane) {
        return real.newest(lane);
    }

    @Override
    public void close() {}
}
