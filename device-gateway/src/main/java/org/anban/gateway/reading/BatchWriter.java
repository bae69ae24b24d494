package org.anban.gateway.reading;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.CommandReply;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.gateway.setaside.Reason;
import org.anban.kit.database.ConsumerPosition;
import org.anban.log.LogBatch;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes what some batches hold, and the position, in one transaction. Of one thread. */
final class BatchWriter {
    /**
     * What is read together, and where that moves the position. It is one transaction, or several where the database
     * refuses something: their blocks have the same batch, and are told apart by the number of the transaction.
     */
    private static final class Turn {
        private final long from;
        private final long to;
        private int part;

        Turn(long from, long to) {
            this.from = from;
            this.to = to;
        }
    }

    private final ReadingStore.Parts parts;
    private final ConsumerPosition position;
    private final SeriesNumbers numbers;
    private final DayPartitions partitions;
    private final CopyBuffer buffer = new CopyBuffer();

    BatchWriter(ReadingStore.Parts parts, ConsumerPosition position) {
        this.parts = parts;
        this.position = position;
        this.numbers = new SeriesNumbers(parts.database());
        this.partitions = new DayPartitions(parts.database());
    }

    /**
     * Writes batches.
     *
     * @param from where the position is
     * @param to where it then is
     */
    void write(List<LogBatch> batches, long from, long to) {
        List<LogEntry> entries = new ArrayList<>();
        batches.forEach(batch -> entries.addAll(batch.entries()));
        writePart(entries, new Turn(from, to), true);
    }

    /** What was learned may not have been committed. */
    void forget() {
        numbers.forget();
    }

    private void writeAll(List<LogEntry> entries, Turn turn, boolean last) {
        try (OpenBlocks blocks = new OpenBlocks()) {
            fill(blocks, entries);
            writeAll(blocks.byDay(), entries, turn, last);
        }
        turn.part++;
    }

    private void writeAll(Map<LocalDate, List<OpenBlock>> days, List<LogEntry> entries, Turn turn, boolean last) {
        days.keySet().forEach(partitions::ensure);
        parts.database().inTransaction(handle -> {
            handle.execute("set local synchronous_commit = off");
            for (Map.Entry<LocalDate, List<OpenBlock>> day : days.entrySet()) {
                copy(handle, day.getKey(), day.getValue(), turn);
            }
            replies(handle, entries);
            move(handle, turn.from, last ? turn.to : turn.from);
            return null;
        });
    }

    private void fill(OpenBlocks blocks, List<LogEntry> entries) {
        List<LogEntry> unknown = new ArrayList<>();
        for (LogEntry entry : entries) {
            add(entry, blocks, unknown);
        }
        if (!unknown.isEmpty()) {
            numbers.learn(unknown);
            for (LogEntry entry : unknown) {
                add(entry, blocks, new ArrayList<>());
            }
        }
    }

    private void add(LogEntry entry, OpenBlocks blocks, List<LogEntry> unknown) {
        if (entry.event() instanceof Readings readings && !readings.values().isEmpty()) {
            Series series = numbers.known(entry);
            if (series == null) {
                unknown.add(entry);
            } else {
                blocks.add(series, readings);
            }
        }
    }

    private void copy(Handle handle, LocalDate day, List<OpenBlock> blocks, Turn turn) {
        buffer.begin();
        for (OpenBlock block : blocks) {
            buffer.add(block, turn.to, turn.part);
        }
        buffer.end();
        String into = "copy " + DayPartitions.table(day) + " (" + CopyBuffer.COLUMNS + ") from stdin (format binary)";
        try {
            copy(handle.getConnection(), into);
        } catch (SQLException e) {
            throw CareException.unavailable("cannot copy readings", e);
        }
    }

    private void copy(Connection connection, String into) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(into);
        try {
            copy.writeToCopy(buffer.bytes(), 0, buffer.size());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void replies(Handle handle, List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry.event() instanceof CommandReply reply) {
                parts.commands()
                        .replied(
                                handle,
                                entry.device().value(),
                                reply.commandId(),
                                reply.outcome(),
                                reply.time().at());
            }
        }
    }

    private void move(Handle handle, long from, long to) {
        if (!position.advance(handle, from, to)) {
            throw new IllegalStateException("another process stores the readings now");
        }
    }

    /** One entry that the database does not take must not stop all that come after it: halves, until it is found. */
    private void writeHalves(List<LogEntry> entries, Turn turn, boolean last) {
        if (entries.size() == 1) {
            writeAll(List.of(), turn, last);
            return;
        }
        int middle = entries.size() / 2;
        writePart(entries.subList(0, middle), turn, false);
        writePart(entries.subList(middle, entries.size()), turn, last);
    }

    /** @param last whether the position moves with it */
    private void writePart(List<LogEntry> part, Turn turn, boolean last) {
        try {
            writeAll(part, turn, last);
        } catch (JdbiException | CareException e) {
            if (!isAboutData(e)) {
                throw e;
            }
            if (part.size() == 1) {
                parts.setAsides()
                        .count(part.get(0).device().value(), Reason.NOT_STORED, String.valueOf(e.getMessage()));
            }
            writeHalves(part, turn, last);
        }
    }

    /** Classes 22 and 23 of SQLSTATE: the value itself is at fault, and trying again changes nothing. */
    private static boolean isAboutData(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23");
            }
        }
        return false;
    }
}
