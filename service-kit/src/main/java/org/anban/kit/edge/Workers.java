package org.anban.kit.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.anban.contracts.error.CareException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads on which operations run. When too many wait already, one more is refused at once instead of late. */
final class Workers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
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

    /** For what must not be left out however much is waiting. */
    void mustRun(Runnable work) {
        inFlight.incrementAndGet();
        executor.executeBlocking(
                        () -> {
                            work.run();
                            return null;
                        },
                        false)
                .onFailure(failure -> log.error("work behind the HTTP server failed", failure))
                .onComplete(done -> inFlight.decrementAndGet());
    }

    /** Lets what is under way end, for some seconds. */
    @Override
    public void close() {
        long end = System.nanoTime() + GRACE_NANOS;
        while (inFlight.get() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        executor.close();
    }
}
