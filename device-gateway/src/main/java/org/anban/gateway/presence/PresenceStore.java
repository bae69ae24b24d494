package org.anban.gateway.presence;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.anban.kit.database.Database;
import org.jspecify.annotations.Nullable;

/** The SQL of presence. Rows are merged, so that a process which knows only what it heard itself takes nothing away. */
final class PresenceStore {
    private static final String COLUMNS = "device, relay, connected, changed_at, heard_at, signals, battery,"
            + " signal_quality, worn, flaps, flaps_at, flapping_since, may_be_lost, may_be_lost_at,"
            + " clone_since, clone_at, take_overs, clone_addresses";

    private static final String SAVE = "insert into gateway.presence as p (" + COLUMNS + ") select " + COLUMNS
            + " from jsonb_to_recordset(:rows::jsonb) as r(device text, relay text, connected boolean,"
            + " changed_at timestamptz, heard_at timestamptz, signals jsonb, battery integer, signal_quality integer,"
            + " worn boolean, flaps integer, flaps_at timestamptz, flapping_since timestamptz, may_be_lost bigint,"
            + " may_be_lost_at timestamptz, clone_since timestamptz, clone_at timestamptz, take_overs integer,"
            + " clone_addresses integer)"
            + " order by device on conflict (device) do update set"
            + " relay = coalesce(excluded.relay, p.relay),"
            + " connected = case when excluded.changed_at is null or excluded.changed_at < p.changed_at"
            + " then p.connected else excluded.connected end,"
            + " changed_at = greatest(p.changed_at, excluded.changed_at),"
            + " heard_at = greatest(p.heard_at, excluded.heard_at),"
            + " signals = p.signals || excluded.signals,"
            + " battery = coalesce(excluded.battery, p.battery),"
            + " signal_quality = coalesce(excluded.signal_quality, p.signal_quality),"
            + " worn = coalesce(excluded.worn, p.worn),"
            + " flaps = coalesce(excluded.flaps, p.flaps),"
            + " flaps_at = coalesce(excluded.flaps_at, p.flaps_at),"
            + " flapping_since = case when excluded.flaps_at is null then p.flapping_since"
            + " else excluded.flapping_since end,"
            + " may_be_lost = p.may_be_lost + excluded.may_be_lost,"
            + " may_be_lost_at = greatest(p.may_be_lost_at, excluded.may_be_lost_at),"
            + " clone_since = coalesce(excluded.clone_since, p.clone_since),"
            + " clone_at = coalesce(excluded.clone_at, p.clone_at),"
            + " take_overs = coalesce(excluded.take_overs, p.take_overs),"
            + " clone_addresses = coalesce(excluded.clone_addresses, p.clone_addresses)";

    private final Database database;

    PresenceStore(Database database) {
        this.database = database;
    }

    /** Merges rows, one a device. They need not survive the machine: who is there will be heard again. */
    void save(JsonArray rows) {
        database.inTransaction(handle -> {
            handle.execute("set local synchronous_commit = off");
            return handle.createUpdate(SAVE).bind("rows", rows.encode()).execute();
        });
    }

    /** Nobody is connected; since they were heard last, as far as anybody knows. */
    void disconnectAll() {
        database.inTransaction(handle -> handle.execute("update gateway.presence set connected = false,"
                + " changed_at = greatest(changed_at, heard_at) where connected"));
    }

    List<PresenceRow> load(Collection<String> devices) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select " + COLUMNS + " from gateway.presence where device = any(:devices)")
                .bindArray("devices", String.class, devices.toArray())
                .map((rs, context) -> row(rs))
                .list());
    }

    /** Everything, the ones heard last first. */
    List<PresenceRow> all(int limit) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select " + COLUMNS + " from gateway.presence order by heard_at desc, device limit :limit")
                .bind("limit", limit)
                .map((rs, context) -> row(rs))
                .list());
    }

    private static PresenceRow row(ResultSet rs) throws SQLException {
        Instant heard = instant(rs, "heard_at");
        return new PresenceRow(
                rs.getString("device"),
                rs.getString("relay"),
                flag(rs, "connected"),
                instant(rs, "changed_at"),
                heard == null ? Instant.EPOCH : heard,
                new JsonObject(rs.getString("signals")),
                new PresenceRow.Sensed(number(rs, "battery"), number(rs, "signal_quality"), flag(rs, "worn")),
                flaps(rs),
                new PresenceRow.MayBeLost(rs.getLong("may_be_lost"), instant(rs, "may_be_lost_at")),
                clone(rs));
    }

    private static Flaps.@Nullable State flaps(ResultSet rs) throws SQLException {
        Instant at = instant(rs, "flaps_at");
        return at == null ? null : new Flaps.State(rs.getInt("flaps"), at, instant(rs, "flapping_since"));
    }

    private static TakeOvers.@Nullable Clone clone(ResultSet rs) throws SQLException {
        Instant since = instant(rs, "clone_since");
        Instant at = instant(rs, "clone_at");
        return since == null || at == null
                ? null
                : new TakeOvers.Clone(since, at, rs.getInt("take_overs"), rs.getInt("clone_addresses"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        Timestamp value = rs.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable Integer number(ResultSet rs, String column) throws SQLException {
        int value = rs.getInt(column);
        return rs.wasNull() ? null : value;
    }

    private static @Nullable Boolean flag(ResultSet rs, String column) throws SQLException {
        boolean value = rs.getBoolean(column);
        return rs.wasNull() ? null : value;
    }
}
