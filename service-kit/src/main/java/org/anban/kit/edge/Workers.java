package org.anban.kit.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.contracts.error.CareException;

/** The threads on which operations run. When too many wait already, one more is refused at once instead of late. */
final class Workers implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int MOST_WAITING = 1_000;
    private static final long LONGEST_SECONDS = 60;

    private final WorkerExecutor executor;
    private final AtomicInteger inFlight = new AtomicInteger();

    Workers(Vertx vertx) {
        executor = vertx.createSharedWorkerExecutor("http-operation", THREADS, LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    <T> Future<T> run(Callable<T> work) {
        if (inFlight.incrementAndGet() > MOST_WAITING) {
            inFlight.decrementAndGet();
            return Future.failedFuture(CareException.unavailable("too many requests are waiting", null));
        }
        return executor.executeBlocking(work, false).onComplete(done -> inFlight.decrementAndGet());
    }

    @Override
    public void close() {
        executor.close();
    }
}
