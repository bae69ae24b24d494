package org.anban.gateway.credential;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;

/**
 * The keys of devices: 192 random bits each, kept only as salted SHA-256. A key that nobody chose needs no slow hash, and
 * thousands of devices connect in one second after an outage. Calls block.
 */
public final class DeviceCredentials {
    /** How long the old key is accepted beside a new one that was not used yet. */
    public static final Duration OVERLAP = Duration.ofDays(7);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);
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
        String key = newKey();
        store.replace(device, hash(key), time.instant());
        return key;
    }

    /** Makes a new key; the one in use stays good until the device has connected with the new one, or the overlap is over. */
    public String rotate(DeviceId device, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw CareException.invalid("overlapHours: from 0 to 90 days");
        }
        String key = newKey();
        Instant now = time.instant();
        store.rotate(device, hash(key), now, now.plus(overlap));
        return key;
    }

    /** No key of the device is good any more; its connections end within seconds. */
    public void revoke(DeviceId device) {
        store.revoke(device, time.instant());
    }

    /** Whether the key is one that the device may use now; also false for a device that has none. */
    public boolean check(DeviceId device, String key) {
        Credential credential = load(List.of(device)).getOrDefault(device, Credential.NONE);
        return credential.match(key, time.instant()) != Credential.Match.NO;
    }

    /** The credentials of many devices; those that nothing was written of are absent. */
    public Map<DeviceId, Credential> load(Collection<DeviceId> devices) {
        return store.load(devices);
    }

    /**
     * They connected with their newest keys for the first time; it is durable before they are told.
     *
     * @return those of which that is still so: another key may have been issued since the key was looked up
     */
    public Set<DeviceId> used(Map<DeviceId, KeyHash> keys) {
        return store.used(keys, time.instant());
    }

    /** Those of these devices that were let in with keys that were revoked since. */
    public Set<String> revoked(Map<String, KeyHash> letInWith) {
        return store.revoked(letInWith);
    }

    /** Answers {@code credentialOfDevice}, {@code issueKey}, {@code revokeKey} and {@code acceptCredential}. */
    public void routes(Api api, StaffScope scope, Audit audit) {
        new CredentialRoutes(this, store, scope, audit).mount(api);
    }

    void accept(DeviceId device, Credential.Accepts accepts) {
        store.accept(device, accepts);
    }

    String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    KeyHash hash(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return KeyHash.of(secret, salt);
    }
}
