package org.anban.log.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.CommandReply;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.Database;
import org.anban.kit.testing.SettableTime;
import org.anban.log.EventLog;
import org.anban.log.EventLog.Outcome;
import org.anban.log.LogBatch;
import org.anban.log.table.LaneTable;

/** A log on a database of a test, and what tests ask of it. */
final class LogFixture {
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    /** Tests that count batches let no tick come between. */
    static final Duration NEVER = Duration.ofHours(1);

    private LogFixture() {}

    static PostgresEventLog open(Database database, SettableTime time, LogLimits limits) {
        return PostgresEventLog.open(
                new PostgresEventLog.Parts(database::dedicatedConnection, database.dataSource(), time, limits));
    }

    static LogLimits quick(Duration tickEvery) {
        return LogLimits.defaults()
                .with(new LogLimits.Pace(
                        tickEvery,
                        Duration.ofMillis(50),
                        Duration.ofMillis(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10)));
    }

    /** An entry that can be told from every other. */
    static LogEntry entry(String id) {
        return new LogEntry(
                new DeviceId("d-1"),
                SubjectId.resident("r-1"),
                new CommandReply(EventTime.received(START), id, "done"));
    }

    static CompletableFuture<Outcome> append(EventLog log, Lane lane, String... ids) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        log.append(lane, List.of(ids).stream().map(LogFixture::entry).toList(), outcome::complete);
        return outcome;
    }

    static Outcome appended(EventLog log, Lane lane, String... ids) throws Exception {
        return append(log, lane, ids).get(15, TimeUnit.SECONDS);
    }

    static LogBatch next(EventLog log, Lane lane, long after) throws InterruptedException {
        LogBatch batch = log.next(lane, after, Duration.ofSeconds(15));
        if (batch == null) {
            throw new AssertionError("no batch after " + after + " of the " + lane + " lane came within 15 s");
        }
        return batch;
    }

    /** Everything from the beginning to what is the newest now. */
    static List<LogBatch> all(EventLog log, Lane lane) throws InterruptedException {
        return upTo(log, lane, log.newest(lane));
    }

    static List<LogBatch> upTo(EventLog log, Lane lane, long newest) throws InterruptedException {
        List<LogBatch> batches = new ArrayList<>();
        long position = 0;
        while (position < newest) {
            LogBatch batch = next(log, lane, position);
            batches.add(batch);
            position = batch.number();
        }
        return batches;
    }

    static List<String> ids(List<LogBatch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.entries().stream())
                .map(entry -> ((CommandReply) entry.event()).commandId())
                .toList();
    }

    /** Ends the session that appends to a lane; false if there was none. */
    static boolean killAppender(Database database, Lane lane) throws SQLException {
        String sql = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted"
                + " and classid = ? and objid = ? and database = (select oid from pg_database"
                + " where datname = current_database())";
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement kill = connection.prepareStatement(sql)) {
            kill.setInt(1, LaneSession.LOCK_FAMILY);
            kill.setInt(2, new LaneTable(lane).lockKey());
            try (ResultSet killed = kill.executeQuery()) {
                return killed.next();
            }
        }
    }

    static long count(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
