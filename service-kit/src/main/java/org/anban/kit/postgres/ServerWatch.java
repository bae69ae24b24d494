package org.anban.kit.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.anban.kit.config.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the server runs: when its first process has ended and it was not our doing, whatever is left of it is
 * stopped and it is started again where its clients look for it. It gives up after so many tries in a row; a server that
 * has run for a minute begins a new row.
 */
final class ServerWatch implements AutoCloseable {
    /** How often, and how long it waits between two tries, twice as long each time. */
    record Patience(int tries, Duration first, Duration longest) {
        /** Some eight minutes, so that a disk that is full for a while is outlived. */
        static final Patience USUAL = new Patience(20, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    private static final Logger log = LoggerFactory.getLogger(ServerWatch.class);
    private static final long STEADY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long CLOSE_MILLIS = 10_000;

    private final ServerProcesses processes;
    private final Patience patience;
    private final Thread thread = new Thread(this::watch, "postgres-watch");
    private volatile RunningServer server;
    private volatile boolean closed;

    private ServerWatch(RunningServer first, ServerProcesses processes, Patience patience) {
        this.server = first;
        this.processes = processes;
        this.patience = patience;
    }

    static ServerWatch over(RunningServer first, ServerProcesses processes, Patience patience) {
        ServerWatch watch = new ServerWatch(first, processes, patience);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** The server as it runs now, or as it ran last. */
    RunningServer server() {
        return server;
    }

    /** Whether a server that ends would be started again. */
    boolean watches() {
        return thread.isAlive();
    }

    private void watch() {
        try {
            int tries = 0;
            while (!closed) {
                long since = System.nanoTime();
                int code = server.awaitEnd();
                if (closed) {
                    return;
                }
                log.error("the database server has ended by itself (code {}); starting it again", code);
                tries = revive(System.nanoTime() - since > STEADY_NANOS ? 0 : tries);
                if (tries > patience.tries()) {
                    log.error(
                            "the database server does not stay up after {} tries in a row; it is left alone now:"
                                    + " see its log below {}, and start Anban again",
                            patience.tries(),
                            server.folder());
                    return;
                }
            }
        } catch (InterruptedException e) {
            log.debug("the database server is not watched any more");
        }
    }

    /** Tries until it runs. Returns how many tries that were in this row; above the limit if it does not. */
    private int revive(int triesBefore) throws InterruptedException {
        for (int attempt = triesBefore + 1; attempt <= patience.tries(); attempt++) {
            TimeUnit.NANOSECONDS.sleep(pause(attempt - 1).toNanos());
            try {
                processes.stop();
                if (closed) {
                    throw new InterruptedException();
                }
                server = server.again();
                log.warn("the database server runs again (try {})", attempt);
                return attempt;
            } catch (StartException | IOException e) {
                log.error("the database server cannot be started again (try {}): {}", attempt, e.getMessage());
            }
        }
        return patience.tries() + 1;
    }

    /** None before the first try of a row. */
    private Duration pause(int failed) {
        if (failed == 0) {
            return Duration.ZERO;
        }
        Duration doubled = patience.first().multipliedBy(1L << Math.min(failed - 1, 20));
        return doubled.compareTo(patience.longest()) < 0 ? doubled : patience.longest();
    }

    /** Ends watching: what ends from now on stays so. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
