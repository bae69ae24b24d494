package org.anban.gateway.credential;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anban.contracts.device.DeviceId;
import org.anban.kit.database.Database;
import org.jspecify.annotations.Nullable;

/** The SQL of device keys. */
final class CredentialStore {
    /** What may be shown of a credential. */
    record Row(
            Credential.Accepts accepts,
            @Nullable Instant issuedAt,
            @Nullable Instant usedAt,
            @Nullable Instant oldEndsAt,
            @Nullable Instant revokedAt) {}

    private final Database database;

    CredentialStore(Database database) {
        this.database = database;
    }

    /** One key, and no other. */
    void replace(DeviceId device, KeyHash key, Instant now) {
        database.inTransaction(handle -> handle.createUpdate(
                        "insert into gateway.device_key (device, salt, hash, issued_at) values (:device, :salt, :hash, :now)"
                                + " on conflict (device) do update"
                                + " set salt = excluded.salt, hash = excluded.hash, issued_at = excluded.issued_at,"
                                + " used_at = null, old_salt = null, old_hash = null, old_ends_at = null")
                .bind("device", device.value())
                .bind("salt", key.salt())
                .bind("hash", key.hash())
                .bind("now", now)
                .execute());
    }

    /** A new key beside the one that is in use, which is the old one if the newest never was. */
    void rotate(DeviceId device, KeyHash key, Instant now, Instant oldEnds) {
        database.inTransaction(handle -> handle.createUpdate(
                        """
                        insert into gateway.device_key as k (device, salt, hash, issued_at)
                        values (:device, :salt, :hash, :now)
                        on conflict (device) do update
                        set salt = excluded.salt, hash = excluded.hash, issued_at = excluded.issued_at, used_at = null,
                            old_salt = case when k.used_at is null and k.old_ends_at > :now then k.old_salt else k.salt end,
                            old_hash = case when k.used_at is null and k.old_ends_at > :now then k.old_hash else k.hash end,
                            old_ends_at = :ends""")
                .bind("device", device.value())
                .bind("salt", key.salt())
                .bind("hash", key.hash())
                .bind("now", now)
                .bind("ends", oldEnds)
                .execute());
    }

    void revoke(DeviceId device, Instant now) {
        database.inTransaction(handle -> handle.createUpdate(
                        "update gateway.device_key set salt = null, hash = null, issued_at = null, used_at = null,"
                                + " old_salt = null, old_hash = null, old_ends_at = null, revoked_at = :now"
                                + " where device = :device")
                .bind("device", device.value())
                .bind("now", now)
                .execute());
    }

    void accept(DeviceId device, Credential.Accepts accepts) {
        database.inTransaction(handle -> handle.createUpdate(
                        "insert into gateway.device_key (device, accepts) values (:device, :accepts)"
                                + " on conflict (device) do update set accepts = excluded.accepts")
                .bind("device", device.value())
                .bind("accepts", accepts.name())
                .execute());
    }

    /**
     * They connected with their newest keys: the old ones end, and a batch key is worth nothing for them any more.
     *
     * @return those of which these are the newest keys
     */
    Set<DeviceId> used(Map<DeviceId, KeyHash> keys, Instant now) {
        List<DeviceId> devices = List.copyOf(keys.keySet());
        return database.inTransaction(handle -> {
            List<DeviceId> marked = handle.createQuery(
                            """
                            update gateway.device_key k
                            set used_at = coalesce(k.used_at, :now), old_salt = null, old_hash = null, old_ends_at = null
                            from unnest(:ids, :hashes) as used (device, hash)
                            where k.device = used.device and encode(k.hash, 'hex') = used.hash
                            returning k.device""")
                    .bindArray("ids", String.class, (Object[]) names(devices))
                    .bindArray("hashes", String.class, hashes(devices, keys))
                    .bind("now", now)
                    .map((row, context) -> new DeviceId(row.getString(1)))
                    .list();
            handle.createUpdate("update gateway.claim set claimed_at = :now"
                            + " where device = any(:ids) and claimed_at is null")
                    .bindArray("ids", String.class, (Object[]) names(marked))
                    .bind("now", now)
                    .execute();
            return Set.copyOf(marked);
        });
    }

    private static <T> Object[] hashes(List<T> devices, Map<T, KeyHash> keys) {
        return devices.stream().map(device -> keys.get(device).hex()).toArray();
    }

    Map<DeviceId, Credential> load(Collection<DeviceId> devices) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select device, accepts, salt, hash, used_at, old_salt, old_hash, old_ends_at"
                                + " from gateway.device_key where device = any(:ids)")
                .bindArray("ids", String.class, (Object[]) names(devices))
                .map((row, context) -> Map.entry(new DeviceId(row.getString("device")), credential(row)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Those whose keys were revoked, and that have these no more. */
    Set<String> revoked(Map<String, KeyHash> letInWith) {
        List<String> devices = List.copyOf(letInWith.keySet());
        return database.inTransaction(handle -> handle.createQuery(
                        """
                        select k.device from gateway.device_key k
                        join unnest(:ids, :hashes) as used (device, hash) on used.device = k.device
                        where k.revoked_at is not null
                          and encode(k.hash, 'hex') is distinct from used.hash
                          and encode(k.old_hash, 'hex') is distinct from used.hash""")
                .bindArray("ids", String.class, devices.toArray())
                .bindArray("hashes", String.class, hashes(devices, letInWith))
                .mapTo(String.class)
                .set());
    }

    Optional<Row> row(String device) {
        return database.inTransaction(handle -> handle.createQuery("select accepts, issued_at, used_at, old_ends_at,"
                        + " revoked_at from gateway.device_key where device = :device")
                .bind("device", device)
                .map((row, context) -> new Row(
                        Credential.Accepts.valueOf(row.getString("accepts")),
                        instant(row, "issued_at"),
                        instant(row, "used_at"),
                        instant(row, "old_ends_at"),
                        instant(row, "revoked_at")))
                .findOne());
    }

    private static Credential credential(ResultSet row) throws SQLException {
        Instant oldEnds = instant(row, "old_ends_at");
        return new Credential(
                Credential.Accepts.valueOf(row.getString("accepts")),
                key(row, "salt", "hash"),
                row.getTimestamp("used_at") != null,
                key(row, "old_salt", "old_hash"),
                oldEnds == null ? Instant.EPOCH : oldEnds);
    }

    private static @Nullable KeyHash key(ResultSet row, String salt, String hash) throws SQLException {
        byte[] kept = row.getBytes(hash);
        return kept == null ? null : new KeyHash(row.getBytes(salt), kept);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static String[] names(Collection<DeviceId> devices) {
        return devices.stream().map(DeviceId::value).toArray(String[]::new);
    }
}
