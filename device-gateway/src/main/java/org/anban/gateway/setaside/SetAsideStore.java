package org.anban.gateway.setaside;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The SQL of what was set aside. */
final class SetAsideStore {
    /** A row as it is shown. */
    record Row(String device, String reason, long count, Instant firstAt, Instant lastAt, String lastExample) {}

    private static final int MOST_FIELDS_OF_MODEL = 500;

    private final Database database;

    SetAsideStore(Database database) {
        this.database = database;
    }

    /** Adds sums, in one order everywhere so that two processes cannot block each other. */
    void add(Map<SetAsides.Key, SetAsides.Sum> sums, Map<SetAsides.Field, SetAsides.Sum> fields, Instant now) {
        if (sums.isEmpty() && fields.isEmpty()) {
            return;
        }
        database.inTransaction(handle -> {
            handle.execute("set local synchronous_commit = off");
            addSums(handle, sums, now);
            addFields(handle, fields, now);
            return null;
        });
    }

    private static void addSums(Handle handle, Map<SetAsides.Key, SetAsides.Sum> sums, Instant now) {
        PreparedBatch batch = handle.prepareBatch(
                "insert into gateway.set_aside as s (device, reason, count, first_at, last_at, last_example)"
                        + " values (:device, :reason, :count, :now, :now, :example)"
                        + " on conflict (device, reason) do update set count = s.count + excluded.count,"
                        + " last_at = excluded.last_at, last_example = excluded.last_example");
        sums.entrySet().stream()
                .sorted(Comparator.comparing(
                        e -> e.getKey().device() + ' ' + e.getKey().reason()))
                .forEach(e -> batch.bind("device", printable(e.getKey().device()))
                        .bind("reason", e.getKey().reason().wireName())
                        .bind("count", e.getValue().count())
                        .bind("example", printable(e.getValue().example()))
                        .bind("now", now)
                        .add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void addFields(Handle handle, Map<SetAsides.Field, SetAsides.Sum> fields, Instant now) {
        PreparedBatch batch =
                handle.prepareBatch("insert into gateway.unknown_field as f (model, field, count, last_at)"
                        + " values (:model, case when (select count(*) from gateway.unknown_field where model = :model) < :most"
                        + " or exists (select 1 from gateway.unknown_field where model = :model and field = :field)"
                        + " then :field else '(others)' end, :count, :now) on conflict (model, field) do update"
                        + " set count = f.count + excluded.count, last_at = excluded.last_at");
        fields.entrySet().stream()
                .sorted(Comparator.comparing(
                        e -> e.getKey().model() + ' ' + e.getKey().name()))
                .forEach(e -> batch.bind("model", e.getKey().model())
                        .bind("field", printable(e.getKey().name()))
                        .bind("most", MOST_FIELDS_OF_MODEL)
                        .bind("count", e.getValue().count())
                        .bind("now", now)
                        .add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** The newest first. */
    List<Row> list(@Nullable String device, int limit) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select device, reason, count, first_at, last_at, last_example from gateway.set_aside"
                                + " where :device::text is null or device = :device order by last_at desc limit :limit")
                .bind("device", device)
                .bind("limit", limit)
                .map((rs, context) -> new Row(
                        rs.getString(1),
                        rs.getString(2),
                        rs.getLong(3),
                        rs.getTimestamp(4).toInstant(),
                        rs.getTimestamp(5).toInstant(),
                        rs.getString(6)))
                .list());
    }

    /** PostgreSQL's text holds every character but one. */
    private static String printable(String text) {
        return text.replace('\u0000', '\ufffd');
    }
}
