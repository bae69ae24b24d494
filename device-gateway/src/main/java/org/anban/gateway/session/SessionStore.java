package org.anban.gateway.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;

/** The SQL of sessions. Always in the order of the device's id, so that two writers cannot block each other. */
final class SessionStore {
    private static final String SAVE = "insert into gateway.mqtt_session"
            + " (device, expiry_seconds, subscribed, granted_qos, connected, changed_at, last_heard)"
            + " select * from unnest(:devices, :expiries, :subscribed, :granted, :connected, :changed::timestamptz[], :heard::timestamptz[])"
            + " on conflict (device) do update set expiry_seconds = excluded.expiry_seconds,"
            + " subscribed = excluded.subscribed, granted_qos = excluded.granted_qos, connected = excluded.connected,"
            + " changed_at = excluded.changed_at, last_heard = excluded.last_heard";

    private final Database database;

    SessionStore(Database database) {
        this.database = database;
    }

    /** What is stored of some devices. */
    Map<String, SessionRow> load(Collection<String> devices) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select device, expiry_seconds, case when subscribed then granted_qos else -1 end, connected, changed_at, last_heard"
                                + " from gateway.mqtt_session where device = any(:devices)")
                .bindArray("devices", String.class, devices.toArray())
                .map((rs, context) -> new SessionRow(
                        rs.getString(1),
                        rs.getLong(2),
                        rs.getInt(3),
                        rs.getBoolean(4),
                        rs.getTimestamp(5).toInstant(),
                        rs.getTimestamp(6).toInstant()))
                .collect(Collectors.toMap(SessionRow::device, row -> row)));
    }

    /** Everything, the ones heard last first. */
    List<SessionRow> all(int limit) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select device, expiry_seconds, case when subscribed then granted_qos else -1 end, connected, changed_at, last_heard"
                                + " from gateway.mqtt_session order by last_heard desc limit :limit")
                .bind("limit", limit)
                .map((rs, context) -> new SessionRow(
                        rs.getString(1),
                        rs.getLong(2),
                        rs.getInt(3),
                        rs.getBoolean(4),
                        rs.getTimestamp(5).toInstant(),
                        rs.getTimestamp(6).toInstant()))
                .list());
    }

    /**
     * Writes rows, one a device.
     *
     * @param durable what the device was or will be told: it must survive; presence alone need not
     */
    void save(List<SessionRow> rows, boolean durable) {
        if (rows.isEmpty()) {
            return;
        }
        database.inTransaction(handle -> {
            if (!durable) {
                handle.execute("set local synchronous_commit = off");
            }
            return save(handle, rows);
        });
    }

    private static int save(Handle handle, List<SessionRow> rows) {
        List<SessionRow> sorted =
                rows.stream().sorted((a, b) -> a.device().compareTo(b.device())).toList();
        return handle.createUpdate(SAVE)
                .bindArray(
                        "devices",
                        String.class,
                        sorted.stream().map(SessionRow::device).toArray())
                .bindArray(
                        "expiries",
                        Long.class,
                        sorted.stream().map(SessionRow::expirySeconds).toArray())
                .bindArray(
                        "subscribed",
                        Boolean.class,
                        sorted.stream()
                                .map(r -> r.grantedQos() != Session.NOT_SUBSCRIBED)
                                .toArray())
                .bindArray(
                        "granted",
                        Integer.class,
                        sorted.stream().map(r -> r.grantedQos() == 0 ? 0 : 1).toArray())
                .bindArray(
                        "connected",
                        Boolean.class,
                        sorted.stream().map(SessionRow::connected).toArray())
                .bindArray(
                        "changed",
                        String.class,
                        sorted.stream().map(r -> r.changedAt().toString()).toArray())
                .bindArray(
                        "heard",
                        String.class,
                        sorted.stream().map(r -> r.lastHeard().toString()).toArray())
                .execute();
    }
}
