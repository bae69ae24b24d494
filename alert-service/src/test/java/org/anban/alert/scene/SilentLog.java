package org.anban.alert.scene;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.log.EventLog;
import org.anban.log.LogBatch;
import org.jspecify.annotations.Nullable;

/** A log in which nothing ever happens: these tests speak to the desk themselves. */
final class SilentLog implements EventLog {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void append(Lane lane, List<LogEntry> entries, Callback callback) {
        callback.appended(Outcome.REFUSED);
    }

    @Override
    public long backlogBytes(Lane lane) {
        return 0;
    }

    @Override
    public @Nullable LogBatch next(Lane lane, long after, Duration wait) throws InterruptedException {
        closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        return null;
    }

    @Override
    public long newest(Lane lane) {
        return 0;
    }

    @Override
    public Status status() {
        return Status.STANDBY;
    }

    @Override
    public Status status(Lane lane) {
        return Status.STANDBY;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
