package org.anban.gateway.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.Signal;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.contracts.reading.ReadingPoint;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;

/** The SQL of reading back. What the log delivered twice is counted once: the same device, the same instant. */
final class StoredHistory implements ReadingHistory {
    private static final int MOST_POINTS = 10_000;

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
        return database.inTransaction(handle -> {
            List<ReadingPoint> all = each(handle, subject, signal, from, to, limit + 1);
            return all.size() <= limit ? all : medians(handle, subject, signal, from, to, limit);
        });
    }

    private static String measured(Signal signal) {
        String column = Columns.of(signal);
        return "select distinct on (at, device_no) at, " + column + "::double precision as value from gateway.reading"
                + " where subject_no = (select number from gateway.series_subject where subject = :subject)"
                + " and at >= :from and at < :to and " + column + " is not null"
                + " order by at, device_no";
    }

    private static List<ReadingPoint> each(
            Handle handle, SubjectId subject, Signal signal, Instant from, Instant to, int limit) {
        return handle.createQuery(measured(signal) + " limit :limit")
                .bind("subject", subject.toString())
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("to", to.atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .map((rs, context) -> new ReadingPoint(rs.getTimestamp(1).toInstant(), rs.getDouble(2)))
                .list();
    }

    private static List<ReadingPoint> medians(
            Handle handle, SubjectId subject, Signal signal, Instant from, Instant to, int limit) {
        double stretch = Duration.between(from, to).toNanos() / 1e9 / limit;
        return handle.createQuery("select floor(extract(epoch from at - :from) / :stretch)::int as n,"
                        + " percentile_cont(0.5) within group (order by value) from (" + measured(signal)
                        + ") as m group by n order by n")
                .bind("subject", subject.toString())
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("to", to.atOffset(ZoneOffset.UTC))
                .bind("stretch", stretch)
                .map((rs, context) -> new ReadingPoint(
                        from.plusMillis(Math.round((rs.getInt(1) + 0.5) * stretch * 1000)), rs.getDouble(2)))
                .list();
    }
}
