package org.anban.alert.detection;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anban.contracts.error.CareException;

/**
 * Asks a register without waiting for it for long: detection goes on with what it knows. After a question that was not
 * answered in time none is asked for a while. Any thread.
 */
final class PatientQuestions implements AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final long IDLE_SECONDS = 30;
    private static final long REST_NANOS = Duration.ofSeconds(2).toNanos();

    private final Duration patience;
    private final ExecutorService askers = new ThreadPoolExecutor(
            0, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), PatientQuestions::thread);
    private volatile long restUntil = System.nanoTime();

    PatientQuestions(Duration patience) {
        this.patience = patience;
    }

    /** @throws CareException UNAVAILABLE if there is no answer in time, or the register fails */
    <T> T ask(Callable<T> question) {
        if (System.nanoTime() - restUntil < 0) {
            throw CareException.unavailable("the register did not answer a moment ago", null);
        }
        Future<T> answer;
        try {
            answer = askers.submit(question);
        } catch (RejectedExecutionException e) {
            throw CareException.unavailable("the register has too many open questions", e);
        }
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw CareException.unavailable("the register fails", e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            restUntil = System.nanoTime() + REST_NANOS;
            throw CareException.unavailable("the register does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CareException.unavailable("interrupted", e);
        }
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "detector-question");
        thread.setDaemon(true);
        return thread;
    }
}
