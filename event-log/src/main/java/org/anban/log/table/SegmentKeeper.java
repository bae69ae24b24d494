package org.anban.log.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a lane's next segment ready and removes old ones, on connections of its own, so that no append waits for it. */
public final class SegmentKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentKeeper.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LaneTable table;
    private final ConnectionSource source;
    private final Segments segments;
    private final long margin;
    private final Executor background;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long end;
    private volatile long failedAt = System.nanoTime() - RETRY_NANOS;

    public SegmentKeeper(LaneTable table, ConnectionSource source, long size, Executor background) {
        this.table = table;
        this.source = source;
        this.segments = new Segments(table, size);
        this.margin = size / 2;
        this.background = background;
    }

    /** Makes room at once, on the appender's own connection: nothing can be appended before. */
    public void makeRoom(Connection connection, long number) throws SQLException {
        end = segments.ensure(connection, number);
    }

    /** The lane has come this far: makes room in the background if the end is near. */
    public void reached(long number) {
        if (number + margin >= end && System.nanoTime() - failedAt >= RETRY_NANOS && busy.compareAndSet(false, true)) {
            background.execute(() -> makeRoomAhead(number));
        }
    }

    /** Removes the segments that lie wholly below both numbers, and returns how many. */
    public int dropBelow(long keepFrom, long newest) throws SQLException {
        try (Connection connection = connect()) {
            return segments.dropBelow(connection, keepFrom, newest);
        }
    }

    private void makeRoomAhead(long number) {
        try (Connection connection = connect()) {
            end = segments.ensure(connection, number);
        } catch (SQLException | RuntimeException e) {
            failedAt = System.nanoTime();
            LOG.warn("the next segment of the {} lane could not be attached yet: {}", table.word(), e.getMessage());
        } finally {
            busy.set(false);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = source.connect("log segments");
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("set lock_timeout = '2s'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
