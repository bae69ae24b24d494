package org.anban.alert.wake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does a job again and again: at once when it is woken, else after the time the job asks for. A job that
 * fails is logged and tried again; nothing but {@link #close} ends the thread.
 */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** One round of work. */
    @FunctionalInterface
    public interface Job {
        /** Works, and says how long to wait for a wake-up before the next round. */
        Duration run() throws Exception;
    }

    private final String name;
    private final Job job;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private Loop(String name, Job job) {
        this.name = name;
        this.job = job;
        this.thread = new Thread(this::work, "alert-" + name);
        thread.setDaemon(true);
    }

    public static Loop start(String name, Job job) {
        Loop loop = new Loop(name, job);
        loop.thread.start();
        return loop;
    }

    /** Never blocks. */
    public void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    private void work() {
        while (!closed) {
            try {
                Duration wait = round();
                if (wakes.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration round() throws InterruptedException {
        try {
            return job.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            if (!closed) {
                LOG.error("{} failed and is tried again", name, e);
            }
            return AFTER_FAILURE;
        }
    }

    /** Ends it after the round that is running, or interrupts that after five seconds. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
