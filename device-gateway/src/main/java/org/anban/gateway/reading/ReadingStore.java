package org.anban.gateway.reading;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anban.contracts.event.Lane;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.gateway.command.Commands;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.kit.database.ConsumerPosition;
import org.anban.kit.database.Database;
import org.anban.kit.database.Leadership;
import org.anban.kit.http.Api;
import org.anban.kit.loop.Loop;
import org.anban.log.EventLog;
import org.anban.log.LogBatch;
import org.anban.log.codec.DamagedBatchException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the telemetry lane into {@code gateway.reading_block}. One process leads; the position moves in the transaction of
 * the rows, so that a batch is stored once, whoever dies. Commits do not wait for the disk: after a crash the newest rows
 * and the position are gone together, and the log has both.
 */
public final class ReadingStore implements AutoCloseable {
    /** What it stands on. */
    public record Parts(Database database, EventLog log, Commands commands, SetAsides setAsides) {}

    static final String CONSUMER = "reading-store";

    private static final Duration WAIT = Duration.ofMillis(500);

    /** Longer is cheaper: what one device sends within it shares a block. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Nobody is sending: nothing to linger for. */
    private static final Duration IDLE = Duration.ofMillis(50);

    private static final int MOST_ENTRIES = 100_000;
    private static final int LEAD_CHECK_TURNS = 20;
    private static final int UNREADABLE_ATTEMPTS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(ReadingStore.class);

    private final Parts parts;
    private final ConsumerPosition position = new ConsumerPosition("gateway.consumer", CONSUMER);
    private final BatchWriter writer;
    private final Loop loop;
    private @Nullable Leadership lead;
    private volatile long stored;
    private int turns;
    private int unreadable;

    private ReadingStore(Parts parts, MeterRegistry metrics) {
        this.parts = parts;
        this.writer = new BatchWriter(parts, position);
        metrics.gauge("anban.gateway.readings.lag.batches", this, s -> s.lag());
        this.loop = Loop.start("gateway reading store", metrics, this::turn);
    }

    public static ReadingStore start(Parts parts, MeterRegistry metrics) {
        return new ReadingStore(parts, metrics);
    }

    /** The number of the last batch whose readings are stored by this process; 0 while another leads. */
    public long storedBatch() {
        return stored;
    }

    public ReadingHistory history() {
        return new StoredHistory(parts.database());
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    /** Answers {@code readings}. */
    public void routes(Api api, ReadingAccess access) {
        new ReadingRoutes(history(), access).mount(api);
    }

    private long lag() {
        return Math.max(0, parts.log().newest(Lane.TELEMETRY) - stored);
    }

    private Duration turn() throws InterruptedException {
        if (!leads()) {
            return Duration.ofSeconds(1);
        }
        List<LogBatch> batches = new ArrayList<>();
        try {
            collect(batches);
            unreadable = 0;
        } catch (DamagedBatchException e) {
            if (batches.isEmpty() && ++unreadable < UNREADABLE_ATTEMPTS) {
                throw e;
            }
            if (batches.isEmpty()) {
                stepOver(e);
                return Duration.ZERO;
            }
        }
        if (batches.isEmpty()) {
            return Duration.ZERO;
        }
        store(batches, batches.get(batches.size() - 1).number());
        return Duration.ZERO;
    }

    /** A batch that stays unreadable is counted and left behind: one damaged row must not hold up all readings after it. */
    private void stepOver(DamagedBatchException damage) {
        long number = stored + 1;
        LOG.error("batch {} of the telemetry lane cannot be read and is stepped over: {}", number, damage.getMessage());
        parts.setAsides().count(SetAsides.OTHERS, Reason.NOT_STORED, "batch " + number + ": " + damage.getMessage());
        unreadable = 0;
        store(List.of(), number);
    }

    private void store(List<LogBatch> batches, long last) {
        boolean done = false;
        try {
            writer.write(batches, stored, last);
            stored = last;
            done = true;
        } finally {
            if (!done) {
                resign();
            }
        }
    }

    /** Several batches share one transaction, for its cost is the same for one row and for thousands. */
    private void collect(List<LogBatch> batches) throws InterruptedException {
        long from = stored;
        int entries = 0;
        LogBatch next = parts.log().next(Lane.TELEMETRY, from, WAIT);
        long end = System.nanoTime() + LINGER.toNanos();
        while (next != null) {
            batches.add(next);
            entries += next.entries().size();
            from = next.number();
            long left = end - System.nanoTime();
            if (entries >= MOST_ENTRIES || entries == 0 || left <= 0) {
                break;
            }
            next = parts.log().next(Lane.TELEMETRY, from, Duration.ofNanos(Math.min(left, IDLE.toNanos())));
        }
    }

    private boolean leads() {
        Leadership held = lead;
        if (held != null && turns++ % LEAD_CHECK_TURNS == 0 && !held.stillHeld()) {
            resign();
            held = null;
        }
        if (held == null) {
            lead = Leadership.tryAcquire(parts.database(), "gateway." + CONSUMER)
                    .orElse(null);
            if (lead != null) {
                stored = parts.database().inTransaction(position::read);
            }
        }
        return lead != null;
    }

    private void resign() {
        Leadership held = lead;
        lead = null;
        stored = 0;
        writer.forget();
        if (held != null) {
            held.close();
        }
    }

    @Override
    public void close() {
        loop.close();
        resign();
    }
}
