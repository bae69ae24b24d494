package org.anban.kit.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.anban.contracts.error.CareException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lead in one piece of work among all processes on one database: an advisory lock of a session on a connection of its
 * own, which the server frees when that session ends, however it ends. It keeps two from doing the same work; it is no
 * proof at the moment of a commit, which is what {@link ConsumerPosition} is for.
 */
public final class Leadership implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Leadership.class);
    private static final int ANSWER_MILLIS = 5_000;

    /** Lets the server notice within half a minute that a leader's machine is gone. */
    private static final String KEEP_ALIVE =
            "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4";

    private final String name;
    private final Connection connection;

    private Leadership(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /**
     * Takes the lead if nobody has it. Does not wait.
     *
     * @throws CareException UNAVAILABLE if the database does not answer
     */
    public static Optional<Leadership> tryAcquire(Database database, String name) {
        try {
            Connection connection = database.dedicatedConnection("lead " + name);
            boolean acquired = false;
            try {
                connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
                acquired = lock(connection, name);
                return acquired ? Optional.of(new Leadership(name, connection)) : Optional.empty();
            } finally {
                if (!acquired) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw CareException.unavailable("cannot ask the database for the lead in " + name, e);
        }
    }

    /** Whether the session that holds the lock still answers. Asks the server; blocks 5 s at most. */
    public boolean stillHeld() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            return true;
        } catch (SQLException e) {
            log.warn("the lead in {} is lost: {}", name, e.getMessage());
            close();
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("closing the session of the lead in {}", name, e);
        }
    }

    private static boolean lock(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEP_ALIVE);
        }
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, key(name));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    private static long key(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
