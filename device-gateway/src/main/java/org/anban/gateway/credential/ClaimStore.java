package org.anban.gateway.credential;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anban.contracts.device.DeviceId;
import org.anban.kit.database.Database;
import org.jspecify.annotations.Nullable;

/** The SQL of batches and claims. */
final class ClaimStore {
    /** A device of a batch, as it is shown. */
    record Row(
            String device, @Nullable Instant issuedAt, @Nullable Instant claimedAt, int wrongCodes, Instant closesAt) {}

    private final Database database;

    ClaimStore(Database database) {
        this.database = database;
    }

    /** False if there is such a batch already. */
    boolean insert(Claims.Batch batch, KeyHash key, Map<DeviceId, KeyHash> codes, Instant now) {
        return database.inTransaction(handle -> {
            int added = handle.createUpdate(
                            "insert into gateway.batch (id, salt, hash, closes_at, created_by, created_at)"
                                    + " values (:id, :salt, :hash, :closes, :by, :now) on conflict (id) do nothing")
                    .bind("id", batch.id())
                    .bind("salt", key.salt())
                    .bind("hash", key.hash())
                    .bind("closes", batch.closesAt())
                    .bind("by", batch.by())
                    .bind("now", now)
                    .execute();
            if (added == 0) {
                return false;
            }
            codes.forEach((device, code) -> handle.createUpdate(
                            "insert into gateway.claim (device, batch, salt, hash) values (:device, :batch, :salt, :hash)"
                                    + " on conflict (device) do update set batch = excluded.batch, salt = excluded.salt,"
                                    + " hash = excluded.hash, issued_at = null, claimed_at = null, wrong_codes = 0,"
                                    + " wrong_code_at = null")
                    .bind("device", device.value())
                    .bind("batch", batch.id())
                    .bind("salt", code.salt())
                    .bind("hash", code.hash())
                    .execute());
            return true;
        });
    }

    Map<DeviceId, Claim> load(Collection<DeviceId> devices) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select c.*, b.salt as batch_salt, b.hash as batch_hash, b.closes_at"
                                + " from gateway.claim c join gateway.batch b on b.id = c.batch where c.device = any(:ids)")
                .bindArray(
                        "ids",
                        String.class,
                        devices.stream().map(DeviceId::value).toArray())
                .map((row, context) -> Map.entry(
                        new DeviceId(row.getString("device")),
                        new Claim(
                                new KeyHash(row.getBytes("batch_salt"), row.getBytes("batch_hash")),
                                new KeyHash(row.getBytes("salt"), row.getBytes("hash")),
                                row.getTimestamp("closes_at").toInstant(),
                                row.getTimestamp("claimed_at") != null,
                                row.getInt("wrong_codes"),
                                instant(row.getTimestamp("wrong_code_at")))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Counts from one again after {@code since}. */
    void wrongCode(DeviceId device, Instant now, Instant since) {
        database.inTransaction(handle -> handle.createUpdate("update gateway.claim set wrong_code_at = :now,"
                        + " wrong_codes = case when wrong_code_at > :since then wrong_codes + 1 else 1 end"
                        + " where device = :device")
                .bind("device", device.value())
                .bind("now", now)
                .bind("since", since)
                .execute());
    }

    void issued(DeviceId device, Instant now) {
        database.inTransaction(
                handle -> handle.createUpdate("update gateway.claim set issued_at = :now where device = :device")
                        .bind("device", device.value())
                        .bind("now", now)
                        .execute());
    }

    List<Row> ofBatch(String batch) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select c.device, c.issued_at, c.claimed_at, c.wrong_codes, b.closes_at from gateway.batch b"
                                + " join gateway.claim c on c.batch = b.id where b.id = :batch order by c.device")
                .bind("batch", batch)
                .map((row, context) -> new Row(
                        row.getString(1),
                        instant(row.getTimestamp(2)),
                        instant(row.getTimestamp(3)),
                        row.getInt(4),
                        row.getTimestamp(5).toInstant()))
                .list());
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
