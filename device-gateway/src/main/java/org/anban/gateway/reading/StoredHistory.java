package org.anban.gateway.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.Signal;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.contracts.reading.ReadingPoint;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.block.BlockReader;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;

/** Reads back. One device has one value a signal and instant: the one that the log brought last. */
final class StoredHistory implements ReadingHistory {
    private static final int MOST_POINTS = 10_000;
    private static final int FETCH_ROWS = 512;

    private static final String BLOCKS = "select hour, device_no, body from gateway.reading_block"
            + " where subject_no = (select number from gateway.series_subject where subject = :subject)"
            + " and hour >= :from and hour < :to order by hour, device_no, batch, part";

    private final Database database;

    StoredHistory(Database database) {
        this.database = database;
    }

    @Override
    public List<ReadingPoint> series(SubjectId subject, Signal signal, Instant from, Instant to, int limit) {
        if (limit < 1 || limit > MOST_POINTS) {
            throw CareException.invalid("limit: 1 to " + MOST_POINTS);
        }
        if (!from.isBefore(to)) {
            throw CareException.invalid("from: must be before to");
        }
        Wanted wanted = new Wanted(subject, signal, from, to);
        return database.inTransaction(handle -> {
            List<ReadingPoint> all = new ArrayList<>();
            scan(handle, wanted, (at, value) -> all.add(new ReadingPoint(at, value)) && all.size() <= limit);
            return all.size() <= limit ? all : medians(handle, wanted, limit);
        });
    }

    private static List<ReadingPoint> medians(Handle handle, Wanted wanted, int limit) {
        Medians medians = new Medians(wanted.from, Duration.between(wanted.from, wanted.to), limit);
        scan(handle, wanted, (at, value) -> {
            medians.add(at, value);
            return true;
        });
        return medians.points();
    }

    /** Gives each point in the order of time, until the taker has enough. */
    private static void scan(Handle handle, Wanted wanted, BiPredicate<Instant, Double> taker) {
        handle.createQuery(BLOCKS)
                .bind("subject", wanted.subject.toString())
                .bind("from", wanted.from.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .bind("to", wanted.to.atOffset(ZoneOffset.UTC))
                .setFetchSize(FETCH_ROWS)
                .map((rs, context) -> new Row(rs.getTimestamp(1).toInstant(), rs.getInt(2), rs.getBytes(3)))
                .useIterator(rows -> {
                    Map<Place, Double> ofHour = new TreeMap<>();
                    Instant hour = Instant.MIN;
                    while (rows.hasNext()) {
                        Row row = rows.next();
                        if (!row.hour.equals(hour) && !give(ofHour, taker)) {
                            return;
                        }
                        hour = row.hour;
                        wanted.collect(row, ofHour);
                    }
                    give(ofHour, taker);
                });
    }

    private static boolean give(Map<Place, Double> points, BiPredicate<Instant, Double> taker) {
        for (Map.Entry<Place, Double> point : points.entrySet()) {
            if (!taker.test(point.getKey().at, point.getValue())) {
                return false;
            }
        }
        points.clear();
        return true;
    }

    private record Wanted(SubjectId subject, Signal signal, Instant from, Instant to) {
        void collect(Row row, Map<Place, Double> points) {
            BlockReader block = new BlockReader(row.hour, row.body);
            while (block.next()) {
                double value = block.value(signal);
                Instant at = block.at();
                if (!Double.isNaN(value) && !at.isBefore(from) && at.isBefore(to)) {
                    points.put(new Place(at, row.device), value);
                }
            }
        }
    }

    private record Row(Instant hour, int device, byte[] body) {}

    private record Place(Instant at, int device) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Integer.compare(device, other.device);
        }
    }
}
