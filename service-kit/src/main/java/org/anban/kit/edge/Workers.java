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

/**
 * The threads on which operations run. When too many wait already, one more is refused at once instead of late.
 * Operations that are open to strangers and slow have a few threads of their own: a flood of them holds up nothing else.
 */
final class Workers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int THREADS = 16;
    private static final int MOST_WAITING = 1_000;
    private static final int THREADS_APART = 6;
    private static final int MOST_WAITING_APART = 100;
    private static final long LONGEST_SECONDS = 60;

    private final WorkerExecutor executor;
    private final WorkerExecutor apart;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger inFlightApart = new AtomicInteger();

    Workers(Vertx vertx) {
        executor = threads(vertx, "http-operation", THREADS);
        apart = threads(vertx, "http-apart", THREADS_APART);
    }

    private static WorkerExecutor threads(Vertx vertx, String name, int count) {
        return vertx.createSharedWorkerExecutor(name, count, LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    <T> Future<T> run(Callable<T> work) {
        return run(executor, inFlight, MOST_WAITING, work);
    }

    /** On the threads apart. */
    <T> Future<T> runApart(Callable<T> work) {
        return run(apart, inFlightApart, MOST_WAITING_APART, work);
    }

    private static <T> Future<T> run(WorkerExecutor threads, AtomicInteger count, int most, Callable<T> work) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Future.failedFuture(CareException.unavailable("too many requests are waiting", null));
        }
        return threads.executeBlocking(work, false).onComplete(done -> count.decrementAndGet());
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
        while (inFlight.get() + inFlightApart.get() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        executor.close();
        apart.close();
    }
}
