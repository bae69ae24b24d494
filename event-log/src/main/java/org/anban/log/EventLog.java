package org.anban.log;

import java.time.Duration;
import java.util.List;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * The durable log in front of everything: what it has acknowledged survives the death of any process. Two lanes, each
 * with dense batch numbers from 1. Exactly one process appends at a time; any number read.
 */
public interface EventLog extends AutoCloseable {
    /**
     * Hands entries to the appender; never blocks. The entries of one call become durable together and in their
     * order, and calls of one thread stay in order. The callback is called exactly once, on the appender's thread.
     */
    void append(Lane lane, List<LogEntry> entries, Callback callback);

    /** Bytes (estimated) handed over and not yet committed: intake slows down by it. */
    long backlogBytes(Lane lane);

    /**
     * Waits for the batch after {@code after}. Every batch is delivered in order, from memory if it is still there,
     * else from storage; a reader in another process sees it too.
     *
     * @return the batch, or null if none came within {@code wait}
     */
    @Nullable
    LogBatch next(Lane lane, long after, Duration wait) throws InterruptedException;

    /** Number of the newest committed batch, 0 if there is none. */
    long newest(Lane lane);

    /** What the worse of the two lanes can do. */
    Status status();

    /** What one lane can do: alarms are let in by their own lane, whatever has become of the other. */
    Status status(Lane lane);

    /** Stops appending after what was handed over has been committed or refused. */
    @Override
    void close();

    /** What came of an append. */
    @FunctionalInterface
    interface Callback {
        void appended(Outcome outcome);
    }

    /** What came of an append. */
    enum Outcome {
        /** Durable: acknowledge. */
        COMMITTED,
        /** Not ours to write any more (another process appends, or we are closing): drop the connection, acknowledge nothing. */
        REFUSED
    }

    /** What the log can do now. */
    enum Status {
        /** This process appends and the last commit went through. */
        APPENDING,
        /** This process appends, and the storage does not answer: appends wait. */
        STALLED,
        /** Another process appends; this one waits to take over. Appends are refused. */
        STANDBY,
        CLOSED
    }
}
