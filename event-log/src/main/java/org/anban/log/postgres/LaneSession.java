package org.anban.log.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.anban.log.table.LaneTable;
import org.postgresql.PGConnection;

/** The one connection on which a lane's batches are appended, and whose session holds the lane's advisory lock. */
final class LaneSession implements AutoCloseable {
    /** "anba": tells our advisory locks from others' in the same database. */
    static final int LOCK_FAMILY = 0x616E6261;

    /** A dead or unreachable owner's session must end by itself, so that its lock does not stay. */
    private static final String SETTINGS = "set synchronous_commit = on; set lock_timeout = '5s';"
            + " set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;"
            + " set tcp_user_timeout = 20000; set idle_session_timeout = 0";

    /** Who holds the lock; a session that is just ending may have left the list of sessions already. */
    private static final String HOLDER = "select l.pid, a.pid is not null, coalesce(a.application_name, '')"
            + " from pg_locks l left join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory'"
            + " and l.granted and l.objsubid = 2 and l.classid = ? and l.objid = ?"
            + " and l.database = (select oid from pg_database where datname = current_database())";

    private static final String TERMINATE =
            "select pg_terminate_backend(pid) from pg_stat_activity where pid = ? and application_name = ?";

    private final LaneTable table;
    private final Connection connection;
    private final String name;
    private final PreparedStatement insert;

    private LaneSession(LaneTable table, Connection connection, String name) throws SQLException {
        this.table = table;
        this.connection = connection;
        this.name = name;
        this.insert = connection.prepareStatement(
                "insert into " + table.name() + " (number, at, entries, body) values (?, ?, ?, ?)");
    }

    /** @param owner tells this process's log from all others: by it we know a session of our own that lives on */
    static LaneSession open(LaneTable table, PostgresEventLog.Parts parts, UUID owner) throws SQLException {
        Connection connection = parts.connections().connect("log " + table.word());
        String name = "anban log " + table.word() + " " + owner;
        try {
            Executor direct = Runnable::run;
            Duration answerWithin = parts.limits().pace().answerWithin();
            connection.setNetworkTimeout(direct, Math.toIntExact(answerWithin.toMillis()));
            connection.setAutoCommit(true);
            connection.unwrap(PGConnection.class).setPrepareThreshold(1);
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS + "; set application_name = '" + name + "'");
            }
            return new LaneSession(table, connection, name);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /**
     * Who has the lane's lock after this session has asked for it. Ask only until it is ours: the lock is counted. A
     * session of our own that we have lost, and that the server has not given up yet, is ended.
     */
    Holder tryLock() throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            ask.setInt(1, LOCK_FAMILY);
            ask.setInt(2, table.lockKey());
            try (ResultSet answer = ask.executeQuery()) {
                answer.next();
                if (answer.getBoolean(1)) {
                    return Holder.US;
                }
            }
        }
        return holder();
    }

    /** The newest row. */
    Newest newest() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select number, at from " + table.name() + " order by number desc limit 1")) {
            return row.next()
                    ? new Newest(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant())
                    : new Newest(0, Instant.EPOCH);
        }
    }

    /** Whether the table has this batch: its number, its time and its entries. */
    boolean holds(Flight flight) throws SQLException {
        try (PreparedStatement look =
                connection.prepareStatement("select body, at from " + table.name() + " where number = ?")) {
            look.setLong(1, flight.number());
            try (ResultSet row = look.executeQuery()) {
                return row.next()
                        && Arrays.equals(row.getBytes(1), flight.body())
                        && row.getObject(2, OffsetDateTime.class).toInstant().equals(flight.at());
            }
        }
    }

    /** One statement, one transaction, one round trip: when this returns the batch is durable. */
    void insert(Flight flight) throws SQLException {
        insert.setLong(1, flight.number());
        insert.setObject(2, flight.at().atOffset(ZoneOffset.UTC));
        insert.setInt(3, flight.entries());
        insert.setBytes(4, flight.body());
        insert.executeUpdate();
    }

    /** Breaks the connection off, whatever another thread may be doing on it. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the session and with it the lock; a connection that is broken already is no reason to complain. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            abort();
        }
    }

    /** Who holds the lane. */
    enum Holder {
        US,
        /** A session of our own that is over as soon as the server has seen to it; ask again soon. */
        OUR_FORMER_SESSION,
        /** Whoever had it is gone, so it may be ours yet; ask again soon. */
        NOBODY,
        ANOTHER
    }

    /** The newest row's number and time; 0 if the lane is empty. */
    record Newest(long number, Instant at) {}

    private Holder holder() throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(HOLDER)) {
            ask.setInt(1, LOCK_FAMILY);
            ask.setInt(2, table.lockKey());
            try (ResultSet row = ask.executeQuery()) {
                if (!row.next() || !row.getBoolean(2)) {
                    return Holder.NOBODY;
                }
                if (!row.getString(3).equals(name)) {
                    return Holder.ANOTHER;
                }
                terminate(row.getInt(1));
                return Holder.OUR_FORMER_SESSION;
            }
        }
    }

    private void terminate(int pid) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement(TERMINATE)) {
            end.setInt(1, pid);
            end.setString(2, name);
            end.execute();
        }
    }
}
