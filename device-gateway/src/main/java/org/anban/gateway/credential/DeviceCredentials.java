package org.anban.gateway.credential;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.anban.contracts.device.DeviceId;
import org.anban.kit.database.Database;

/**
 * The keys of devices: 192 random bits each, kept only as salted SHA-256. A key that nobody chose needs no slow hash, and
 * thousands of devices connect in one second after an outage. Calls block.
 */
public final class DeviceCredentials {
    private static final int KEY_BYTES = 24;
    private static final int SALT_BYTES = 16;

    private final CredentialStore store;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();

    public DeviceCredentials(Database database, InstantSource time) {
        this.store = new CredentialStore(database);
        this.time = time;
    }

    /** Makes a new key; the one before it is no longer valid. It cannot be read again. */
    public String issue(DeviceId device) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        store.save(device, KeyHash.of(key, salt), time.instant());
        return key;
    }

    /** Whether the key is the device's; also false for a device that has none. */
    public boolean check(DeviceId device, String key) {
        KeyHash hash = load(List.of(device)).get(device);
        return hash != null && hash.matches(key);
    }

    /** The hashes of many devices; those without a key are absent. */
    public Map<DeviceId, KeyHash> load(Collection<DeviceId> devices) {
        return store.load(devices);
    }
}
