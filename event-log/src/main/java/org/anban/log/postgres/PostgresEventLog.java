package org.anban.log.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.log.EventLog;
import org.anban.log.LogBatch;
import org.anban.log.LogStatistics;
import org.anban.log.table.ConnectionSource;
import org.anban.log.table.LaneTable;
import org.anban.log.table.SegmentKeeper;
import org.jspecify.annotations.Nullable;

/**
 * The log on one PostgreSQL: schema {@code event_log}, a table a lane, a row a batch.
 *
 * <p>A process appends while it holds both lanes' advisory locks; the alarm lane's decides, and the telemetry lane's
 * follows it. Any number of processes may open the log: one appends, the others stand by and take over when the
 * owner's sessions end. A killed owner's end at once, an unreachable owner's after about 20 s. An owner that hangs
 * without dying (stopped, swapped out) keeps its locks; that needs a supervisor outside this program. Should two
 * owners ever be at work, the dense primary key lets only one of their batches in.
 *
 * <p>Callbacks run on the appender's thread and hold up its next batch: they must only hand over. An append on a
 * closed log is refused on the caller's thread. {@link #next} throws {@link org.anban.log.codec.DamagedBatchException}
 * for a stored batch that cannot be read. Below the oldest segment that is kept, it goes on with the first batch that
 * is there, so that a number above {@code after + 1} tells the reader of a gap.
 */
public final class PostgresEventLog implements EventLog {
    private static final long DECISION_MILLIS = 6_000;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Parts parts;
    private final UUID owner = UUID.randomUUID();
    private final Map<Lane, LaneDesk> desks = new EnumMap<>(Lane.class);
    private final Map<Lane, LaneReader> readers = new EnumMap<>(Lane.class);
    private final Map<Lane, SegmentKeeper> segments = new EnumMap<>(Lane.class);
    private final Map<Lane, LaneAppender> appenders = new EnumMap<>(Lane.class);
    private final Map<Lane, Thread> threads = new EnumMap<>(Lane.class);
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> thread(task, "log-segments"));

    private PostgresEventLog(Parts parts) {
        this.parts = parts;
        for (Lane lane : Lane.values()) {
            LaneTable table = new LaneTable(lane);
            desks.put(lane, LaneDesk.of(table, parts));
            long size = parts.limits().sizes().segmentBatches();
            segments.put(lane, new SegmentKeeper(table, parts.connections(), size, background));
        }
        Intake follower = desk(Lane.TELEMETRY).intake();
        wire(Lane.ALARM, () -> Status.APPENDING, follower::nudge);
        wire(Lane.TELEMETRY, appender(Lane.ALARM)::status, () -> {});
    }

    /**
     * Opens the log and waits some seconds at most until it is known whether this process appends. A database that
     * does not answer does not stop it: then the log is {@link Status#STALLED}. Its schema must have been migrated
     * from {@code classpath:db/event_log}.
     */
    public static PostgresEventLog open(Parts parts) {
        PostgresEventLog log = new PostgresEventLog(parts);
        log.start();
        return log;
    }

    @Override
    public void append(Lane lane, List<LogEntry> entries, Callback callback) {
        if (!desk(lane).intake().add(Pending.of(entries, callback))) {
            desk(lane).counters().refused();
            callback.appended(Outcome.REFUSED);
        }
    }

    @Override
    public long backlogBytes(Lane lane) {
        return desk(lane).intake().backlogBytes();
    }

    @Override
    public @Nullable LogBatch next(Lane lane, long after, Duration wait) throws InterruptedException {
        return of(readers, lane).next(after, wait);
    }

    @Override
    public long newest(Lane lane) {
        return of(readers, lane).newest();
    }

    @Override
    public Status status() {
        Status alarm = status(Lane.ALARM);
        Status telemetry = status(Lane.TELEMETRY);
        for (Status either : List.of(Status.CLOSED, Status.STANDBY, Status.STALLED)) {
            if (alarm == either || telemetry == either) {
                return either;
            }
        }
        return Status.APPENDING;
    }

    @Override
    public Status status(Lane lane) {
        return appender(lane).status();
    }

    public LogStatistics statistics(Lane lane) {
        return desk(lane).counters().snapshot();
    }

    /**
     * Removes the segments of a lane that lie wholly below {@code keepFrom}, the lowest number that a mandatory
     * consumer has yet to apply. The segment with the newest batch always stays. May be called by any process.
     *
     * @return how many segments were removed
     * @throws CareException UNAVAILABLE if the database does not answer, or somebody else's long transaction is in
     *     the way; what was not removed is removed by a later call
     */
    public int retain(Lane lane, long keepFrom) {
        try {
            return of(segments, lane).dropBelow(keepFrom, desk(lane).stored().newest());
        } catch (SQLException e) {
            throw CareException.unavailable("old segments of the log cannot be removed now", e);
        }
    }

    /** What this database, as it is set up, cannot keep of what was acknowledged: to be said at start. */
    public Optional<String> durabilityWarning() {
        try (Connection connection = parts.reads().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('fsync')::bool"
                        + " and current_setting('full_page_writes')::bool,"
                        + " current_setting('synchronous_standby_names') <> ''")) {
            row.next();
            if (!row.getBoolean(1)) {
                return Optional.of("The database runs with fsync or full_page_writes off: a power failure or a crash of"
                        + " the machine loses acknowledged messages.");
            }
            return row.getBoolean(2)
                    ? Optional.empty()
                    : Optional.of("The database has no synchronous standby: acknowledged messages survive the death of"
                            + " any process and a power failure, but not the loss of this machine's disk.");
        } catch (SQLException e) {
            return Optional.of("The database does not answer, so it is not known what it can survive.");
        }
    }

    @Override
    public void close() {
        long by = System.nanoTime() + parts.limits().pace().closeWithin().toNanos();
        desks.values().forEach(desk -> desk.intake().close());
        finish(Lane.TELEMETRY, by);
        finish(Lane.ALARM, by);
        background.shutdown();
    }

    /** Appends a tick to each lane soon, without waiting for its second to pass. */
    void tick() {
        appenders.values().forEach(LaneAppender::tick);
    }

    private void wire(Lane lane, Supplier<Status> leader, Runnable onChange) {
        LaneDesk desk = desk(lane);
        LaneAppender appender = new LaneAppender(desk, parts, owner, of(segments, lane), leader, onChange);
        appenders.put(lane, appender);
        threads.put(lane, thread(appender, "log-" + desk.table().word()));
        readers.put(
                lane,
                new LaneReader(
                        desk.ring(),
                        desk.stored(),
                        () -> appender.status() == Status.APPENDING || appender.status() == Status.STALLED,
                        parts.limits().pace().pollEvery()));
    }

    private void start() {
        try {
            for (Lane lane : List.of(Lane.ALARM, Lane.TELEMETRY)) {
                of(threads, lane).start();
                appender(lane).awaitDecision(DECISION_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(Lane lane, long byNanoTime) {
        Thread thread = of(threads, lane);
        LaneAppender appender = appender(lane);
        appender.finish(byNanoTime);
        try {
            long left = TimeUnit.NANOSECONDS.toMillis(byNanoTime - System.nanoTime());
            thread.join(Math.max(1, left));
            if (thread.isAlive()) {
                appender.abort();
                thread.join(GRACE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LaneDesk desk(Lane lane) {
        return of(desks, lane);
    }

    private LaneAppender appender(Lane lane) {
        return of(appenders, lane);
    }

    private static <T> T of(Map<Lane, T> byLane, Lane lane) {
        T found = byLane.get(lane);
        if (found == null) {
            throw new IllegalStateException("no lane " + lane);
        }
        return found;
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * What the log is made of.
     *
     * @param connections for appending and for work on segments
     * @param reads a pool, for readers that lag or read in another process
     */
    public record Parts(ConnectionSource connections, DataSource reads, InstantSource time, LogLimits limits) {}
}
