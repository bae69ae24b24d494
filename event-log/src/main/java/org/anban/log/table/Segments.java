package org.anban.log.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The partitions of a lane's table. Attaching one, and detaching one concurrently, take no lock that an insert waits
 * for; creating one in place or dropping one that is attached would.
 */
final class Segments {
    private static final Pattern BOUND = Pattern.compile("FROM \\('(\\d+)'\\) TO \\('(\\d+)'\\)");

    private static final String ATTACHED = "select c.relname, pg_get_expr(c.relpartbound, c.oid), i.inhdetachpending"
            + " from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = ?::regclass";

    private static final String DETACHED = "select c.relname from pg_class c join pg_namespace n"
            + " on n.oid = c.relnamespace where n.nspname = ? and c.relname like ? and c.relkind = 'r'"
            + " and not exists (select from pg_inherits i where i.inhrelid = c.oid)";

    private final LaneTable table;
    private final long size;

    Segments(LaneTable table, long size) {
        this.table = table;
        this.size = size;
    }

    /**
     * Sees to it that there is a place for this number and for at least half a segment after it.
     *
     * @return the first number for which there is no place
     */
    long ensure(Connection connection, long number) throws SQLException {
        long end = attached(connection).stream().mapToLong(Segment::to).max().orElse(1);
        while (end <= number + size / 2) {
            attach(connection, end, end + size);
            end += size;
        }
        return end;
    }

    /**
     * Removes every segment that lies wholly below both numbers.
     *
     * @return how many were removed
     */
    int dropBelow(Connection connection, long keepFrom, long newest) throws SQLException {
        int dropped = 0;
        for (Segment segment : attached(connection)) {
            if (segment.to() <= Math.min(keepFrom, newest)) {
                detach(connection, segment);
                dropped++;
            }
        }
        for (String name : detached(connection)) {
            if (from(name) < Math.min(keepFrom, newest)) {
                execute(connection, "drop table " + LaneTable.SCHEMA + "." + name);
            }
        }
        return dropped;
    }

    private void attach(Connection connection, long from, long to) throws SQLException {
        String segment = table.name() + "_from_" + from;
        execute(connection, "create table if not exists " + segment + " (like " + table.name() + " including all)");
        execute(
                connection,
                "alter table " + table.name() + " attach partition " + segment + " for values from (" + from + ") to ("
                        + to + ")");
    }

    private void detach(Connection connection, Segment segment) throws SQLException {
        execute(
                connection,
                "alter table " + table.name() + " detach partition " + LaneTable.SCHEMA + "." + segment.name()
                        + (segment.isDetaching() ? " finalize" : " concurrently"));
    }

    private List<Segment> attached(Connection connection) throws SQLException {
        List<Segment> segments = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ATTACHED)) {
            statement.setString(1, table.name());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Matcher bound = BOUND.matcher(row.getString(2));
                    if (!bound.find()) {
                        throw new SQLException("segment " + row.getString(1) + " has no bounds that we know");
                    }
                    segments.add(new Segment(row.getString(1), Long.parseLong(bound.group(2)), row.getBoolean(3)));
                }
            }
        }
        segments.sort(Comparator.comparingLong(Segment::to));
        return segments;
    }

    /** Segments that a process detached and did not live to drop. */
    private List<String> detached(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DETACHED)) {
            statement.setString(1, LaneTable.SCHEMA);
            statement.setString(2, table.bareName() + "_from_%");
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    private static long from(String name) {
        return Long.parseLong(name.substring(name.lastIndexOf('_') + 1));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** @param to the first number that is not in it */
    private record Segment(String name, long to, boolean isDetaching) {}
}
