package org.anban.gateway.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of commands. */
final class CommandStore {
    /** A row as it is shown. */
    record Row(
            String id,
            String payload,
            String state,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String outcome,
            @Nullable String failure) {}

    private final Database database;

    CommandStore(Database database) {
        this.database = database;
    }

    void insert(Command command, String by, Instant now) {
        database.inTransaction(handle -> handle.createUpdate(
                        "insert into gateway.command (id, device, body, created_by, created_at, expires_at, state)"
                                + " values (:id, :device, :body, :by, :now, :expires, 'queued')")
                .bind("id", command.id())
                .bind("device", command.device())
                .bind("body", command.payload())
                .bind("by", by)
                .bind("now", now)
                .bind("expires", command.expiresAt())
                .execute());
    }

    Set<String> queued(Collection<String> devices, Instant now) {
        return database.inTransaction(handle -> handle.createQuery("select distinct device from gateway.command"
                        + " where device = any(:devices) and state = 'queued' and expires_at > :now")
                .bindArray("devices", String.class, devices.toArray())
                .bind("now", now)
                .mapTo(String.class)
                .set());
    }

    List<Commands.Queued> queuedFor(Collection<String> devices, Instant now) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select id, device, body, expires_at from gateway.command where device = any(:devices)"
                                + " and state = 'queued' and expires_at > :now order by created_at, id")
                .bindArray("devices", String.class, devices.toArray())
                .bind("now", now)
                .map((rs, context) -> new Commands.Queued(
                        new Command(
                                rs.getString(1),
                                rs.getString(2),
                                rs.getString(3),
                                rs.getTimestamp(4).toInstant()),
                        Duration.between(now, rs.getTimestamp(4).toInstant())))
                .list());
    }

    void handedOver(String id, Instant now) {
        database.inTransaction(handle -> handle.createUpdate(
                        "update gateway.command set state = 'sent', sent_at = :now where id = :id and state = 'queued'")
                .bind("id", id)
                .bind("now", now)
                .execute());
    }

    int waiting(String device, Instant now) {
        return database.inTransaction(handle -> handle.createQuery("select count(*) from gateway.command"
                        + " where device = :device and state in ('queued', 'sent') and expires_at > :now")
                .bind("device", device)
                .bind("now", now)
                .mapTo(Integer.class)
                .one());
    }

    /** A row that is acknowledged while it is looked for stays acknowledged: its state is asked for again. */
    List<Command> undelivered(String device, int limit, Instant now) {
        return database.inTransaction(handle -> {
            handle.createUpdate("update gateway.command set state = 'expired'"
                            + " where device = :device and state in ('queued', 'sent') and expires_at <= :now")
                    .bind("device", device)
                    .bind("now", now)
                    .execute();
            return handle.createQuery("with sent as (update gateway.command set state = 'sent', sent_at = :now"
                            + " where id in (select id from gateway.command"
                            + " where device = :device and state in ('queued', 'sent')"
                            + " order by created_at, id limit :limit)"
                            + " and state in ('queued', 'sent')"
                            + " returning id, device, body, created_at, expires_at)"
                            + " select id, device, body, expires_at from sent order by created_at, id")
                    .bind("device", device)
                    .bind("limit", limit)
                    .bind("now", now)
                    .map((rs, context) -> new Command(
                            rs.getString(1),
                            rs.getString(2),
                            rs.getString(3),
                            rs.getTimestamp(4).toInstant()))
                    .list();
        });
    }

    void acknowledge(Collection<String> ids, Instant now) {
        database.inTransaction(handle -> handle.createUpdate(
                        "update gateway.command set state = 'acknowledged', acknowledged_at = :now"
                                + " where id = any(:ids) and state in ('queued', 'sent', 'expired')")
                .bindArray("ids", String.class, ids.toArray())
                .bind("now", now)
                .execute());
    }

    void fail(String id, String why) {
        database.inTransaction(
                handle -> handle.createUpdate("update gateway.command set state = 'failed', failure = :why"
                                + " where id = :id and state in ('queued', 'sent')")
                        .bind("id", id)
                        .bind("why", why)
                        .execute());
    }

    static void reply(Handle handle, String device, String id, String outcome, Instant at) {
        handle.createUpdate("update gateway.command set state = 'replied', replied_at = :at, outcome = :outcome"
                        + " where id = :id and device = :device and state <> 'replied'")
                .bind("id", id)
                .bind("device", device)
                .bind("outcome", outcome.replace('\u0000', '\ufffd'))
                .bind("at", at)
                .execute();
    }

    List<Row> ofDevice(String device, int limit) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select id, body, state, created_at, expires_at, outcome, failure from gateway.command"
                                + " where device = :device order by created_at desc, id limit :limit")
                .bind("device", device)
                .bind("limit", limit)
                .map((rs, context) -> new Row(
                        rs.getString(1),
                        rs.getString(2),
                        rs.getString(3),
                        rs.getTimestamp(4).toInstant(),
                        rs.getTimestamp(5).toInstant(),
                        rs.getString(6),
                        rs.getString(7)))
                .list());
    }
}
