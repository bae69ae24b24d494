package org.anban.log.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.anban.contracts.event.LogEntry;
import org.anban.log.LogBatch;
import org.anban.log.codec.BatchCodec;
import org.anban.log.codec.DamagedBatchException;
import org.jspecify.annotations.Nullable;

/** The batches in a lane's table, fetched several at a time and kept for the next calls. Any thread. */
public final class StoredBatches {
    private static final int ROWS = 256;
    /** So many readers can lag at different places without fetching each other's rows away. */
    private static final int CHUNKS = 4;

    private final LaneTable table;
    private final DataSource reads;
    private final int bytes;
    private final Deque<List<Row>> chunks = new ArrayDeque<>();

    /** @param bytes of bodies fetched at a time */
    public StoredBatches(LaneTable table, DataSource reads, int bytes) {
        this.table = table;
        this.reads = reads;
        this.bytes = bytes;
    }

    /**
     * The batch after this number; where segments have been detached, the first that is still there.
     *
     * @throws DamagedBatchException if it is there and cannot be read
     */
    @Nullable
    public LogBatch after(long number) throws SQLException {
        Row row = kept(number + 1);
        if (row == null) {
            List<Row> chunk = fetch(number);
            if (chunk.isEmpty()) {
                return null;
            }
            keep(chunk);
            row = chunk.get(0);
        }
        return decode(row);
    }

    public long newest() throws SQLException {
        return number("select coalesce(max(number), 0) from " + table.name());
    }

    /** What was fetched is no longer what the table holds. */
    public synchronized void forget() {
        chunks.clear();
    }

    private synchronized @Nullable Row kept(long number) {
        for (List<Row> chunk : chunks) {
            long index = number - chunk.get(0).number();
            if (index >= 0 && index < chunk.size()) {
                return chunk.get((int) index);
            }
        }
        return null;
    }

    private synchronized void keep(List<Row> chunk) {
        chunks.addFirst(chunk);
        if (chunks.size() > CHUNKS) {
            chunks.removeLast();
        }
    }

    private List<Row> fetch(long after) throws SQLException {
        List<Row> chunk = fetchFrom(after + 1);
        if (chunk.isEmpty()) {
            long first = number("select coalesce(min(number), 0) from " + table.name() + " where number > " + after);
            return first == 0 ? chunk : fetchFrom(first);
        }
        return chunk;
    }

    /** As many rows without a gap as fit into the bytes allowed, at least one. The server reads no body that is not sent. */
    private List<Row> fetchFrom(long first) throws SQLException {
        String sql = "select number, at, entries, body from (select number, at, entries, body,"
                + " sum(octet_length(body)) over (order by number) - octet_length(body) as before"
                + " from " + table.name() + " where number >= ? and number < ?) sized"
                + " where before < ? order by number";
        List<Row> rows = new ArrayList<>();
        try (Connection connection = reads.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, first);
            statement.setLong(2, first + ROWS);
            statement.setLong(3, bytes);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next() && result.getLong(1) == first + rows.size()) {
                    Instant at = result.getObject(2, OffsetDateTime.class).toInstant();
                    rows.add(new Row(result.getLong(1), at, result.getInt(3), result.getBytes(4)));
                }
            }
        }
        return rows;
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = reads.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    private LogBatch decode(Row row) {
        String name = table.word() + " batch " + row.number();
        List<LogEntry> entries;
        try {
            entries = BatchCodec.decode(row.body());
        } catch (DamagedBatchException e) {
            throw new DamagedBatchException(name + " cannot be read: " + e.getMessage(), e);
        }
        if (entries.size() != row.entries()) {
            throw new DamagedBatchException(
                    name + " holds " + entries.size() + " entries where its row says " + row.entries());
        }
        return new LogBatch(table.lane(), row.number(), row.at(), entries);
    }

    private record Row(long number, Instant at, int entries, byte[] body) {}
}
