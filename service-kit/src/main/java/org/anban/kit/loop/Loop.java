package org.anban.kit.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work that cannot die silently: a named daemon thread that takes turns until it is closed. Whatever a turn
 * throws is logged and counted, and the next turn comes after a pause that grows from 100 ms to 5 s; a wake-up does not
 * shorten that pause.
 *
 * <p>Metrics: {@code anban.loop.failures} and {@code anban.loop.quiet.seconds} (time since a turn last succeeded), tagged
 * {@code loop}.
 */
public final class Loop implements AutoCloseable {
    /** One turn of work. It may block, but should come back within seconds so that the loop can be closed. */
    @FunctionalInterface
    public interface Turn {
        /** Works, and returns how long to rest unless woken; zero for the next turn at once. */
        Duration run() throws Exception;
    }

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long PATIENCE_MILLIS = 10_000;

    private final String name;
    private final Turn turn;
    private final Counter failures;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long lastSuccessNanos = System.nanoTime();
    private int failuresInARow;

    private Loop(String name, MeterRegistry metrics, Turn turn) {
        this.name = name;
        this.turn = turn;
        this.failures = metrics.counter("anban.loop.failures", "loop", name);
        Gauge.builder(
                        "anban.loop.quiet.seconds",
                        this,
                        loop -> loop.sinceSuccess().toMillis() / 1000.0)
                .tag("loop", name)
                .register(metrics);
        this.thread = new Thread(this::work, name);
        this.thread.setDaemon(true);
    }

    /** Starts the thread. The first turn comes at once. */
    public static Loop start(String name, MeterRegistry metrics, Turn turn) {
        Loop loop = new Loop(name, metrics, turn);
        loop.thread.start();
        return loop;
    }

    /** Ends a rest. A wake-up during a turn makes the next one follow at once. May be called from any thread. */
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** How long ago a turn last succeeded (or the loop started). */
    public Duration sinceSuccess() {
        return Duration.ofNanos(System.nanoTime() - lastSuccessNanos);
    }

    /** What is wrong with it, if it has not succeeded for that long or is closed; for a health check. */
    public Optional<String> problem(Duration limit) {
        if (!thread.isAlive()) {
            return Optional.of(name + " is not running");
        }
        Duration quiet = sinceSuccess();
        return quiet.compareTo(limit) > 0
                ? Optional.of(name + " has not succeeded for " + quiet.toSeconds() + " s")
                : Optional.empty();
    }

    /** Lets the present turn end, then the thread; a turn that does not end in 10 s is interrupted. */
    @Override
    public void close() {
        closing.countDown();
        wakeUps.release();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(PATIENCE_MILLIS);
            if (thread.isAlive()) {
                log.warn("{} does not end; interrupting it", name);
                thread.interrupt();
                thread.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private void work() {
        while (!isClosed()) {
            try {
                rest(turn.run());
            } catch (Throwable e) { // an Error, too, must not end a duty
                pauseAfter(e);
            }
        }
    }

    private void rest(Duration duration) throws InterruptedException {
        lastSuccessNanos = System.nanoTime();
        if (failuresInARow > 0) {
            log.info("{} works again after {} failures", name, failuresInARow);
            failuresInARow = 0;
        }
        boolean woken = duration.isZero() || duration.isNegative()
                ? wakeUps.tryAcquire()
                : wakeUps.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS);
        if (woken) {
            wakeUps.drainPermits();
        }
    }

    private void pauseAfter(Throwable failure) {
        try {
            failures.increment();
            failuresInARow++;
            if (isClosed()) {
                return;
            }
            if (failuresInARow == 1) {
                log.error("{} failed; it will try again", name, failure);
            } else {
                log.warn("{} failed {} times in a row: {}", name, failuresInARow, failure.toString());
            }
            long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failuresInARow - 1, 10));
            closing.await(pause, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // interrupted by a closer, or by a stray interrupt: the loop's condition decides
        } catch (Throwable e) {
            // nothing more can be said or done about it here; the count of seconds without success still tells
        }
    }
}
