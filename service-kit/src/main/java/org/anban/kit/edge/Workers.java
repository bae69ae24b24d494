package org.anban.kit.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.anban.contracts.error.CareException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which operations run. When too many wait already, one more is refused at once instead of late.
 * Operations that are open to strangers and slow have a few threads of their own: a flood of them holds up nothing else. So have those that do not block: nothing holds them up.
 */
final class Workers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_SECONDS = 60;

    /** Some threads, and what waits for them. */
    private static final class Pool {
        private final WorkerExecutor threads;
        private final int mostWaiting;
        private final AtomicInteger inFlight = new AtomicInteger();

        Pool(Vertx vertx, String name, int count, int mostWaiting) {
            this.threads = vertx.createSharedWorkerExecutor(name, count, LONGEST_SECONDS, TimeUnit.SECONDS);
            this.mostWaiting = mostWaiting;
        }

        <T> Future<T> run(Callable<T> work) {
            if (inFlight.incrementAndGet() > mostWaiting) {
                inFlight.decrementAndGet();
                return Future.failedFuture(CareException.unavailable("too many requests are waiting", null));
            }
            return threads.executeBlocking(work, false).onComplete(done -> inFlight.decrementAndGet());
        }
    }

    private final Pool pool;
    private final Pool apart;
    private final Pool later;

    Workers(Vertx vertx) {
        pool = new Pool(vertx, "http-operation", 16, 1_000);
        apart = new Pool(vertx, "http-apart", 6, 100);
        later = new Pool(vertx, "http-later", 4, 2_000);
    }

    <T> Future<T> run(Callable<T> work) {
        return pool.run(work);
    }

    /** On the threads apart. */
    <T> Future<T> runApart(Callable<T> work) {
        return apart.run(work);
    }

    /** On the threads of operations that do not block, which what blocks can never hold up. */
    <T> Future<T> runLater(Callable<T> work) {
        return later.run(work);
    }

    /** For what must not be left out however much is waiting. */
    void mustRun(Runnable work) {
        pool.inFlight.incrementAndGet();
        pool.threads
                .executeBlocking(
                        () -> {
                            work.run();
                            return null;
                        },
                        false)
                .onFailure(failure -> log.error("work behind the HTTP server failed", failure))
                .onComplete(done -> pool.inFlight.decrementAndGet());
    }

    /** Lets what is under way end, for some seconds. */
    @Override
    public void close() {
        long end = System.nanoTime() + GRACE_NANOS;
        List<Pool> all = List.of(pool, apart, later);
        while (all.stream().anyMatch(each -> each.inFlight.get() > 0) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        all.forEach(each -> each.threads.close());
    }
}
