package org.anban.gateway.credential;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.anban.contracts.device.DeviceId;
import org.anban.kit.database.Database;

/** The SQL of device keys. */
final class CredentialStore {
    private final Database database;

    CredentialStore(Database database) {
        this.database = database;
    }

    void save(DeviceId device, KeyHash key, Instant now) {
        database.inTransaction(handle -> handle.createUpdate(
                        "insert into gateway.device_key (device, salt, hash, issued_at) values (:device, :salt, :hash, :now)"
                                + " on conflict (device) do update"
                                + " set salt = excluded.salt, hash = excluded.hash, issued_at = excluded.issued_at")
                .bind("device", device.value())
                .bind("salt", key.salt())
                .bind("hash", key.hash())
                .bind("now", now)
                .execute());
    }

    Map<DeviceId, KeyHash> load(Collection<DeviceId> devices) {
        String[] ids = devices.stream().map(DeviceId::value).toArray(String[]::new);
        return database.inTransaction(handle -> handle.createQuery(
                        "select device, salt, hash from gateway.device_key where device = any(:ids)")
                .bindArray("ids", String.class, (Object[]) ids)
                .reduceRows(new HashMap<DeviceId, KeyHash>(), (found, row) -> {
                    found.put(
                            new DeviceId(row.getColumn("device", String.class)),
                            new KeyHash(row.getColumn("salt", byte[].class), row.getColumn("hash", byte[].class)));
                    return found;
                }));
    }
}
