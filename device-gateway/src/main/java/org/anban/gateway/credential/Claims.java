package org.anban.gateway.credential;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices that come with no key of their own: a batch shares one in its firmware, each has a code printed on it, and both
 * together are good for asking for its own key, until the device has used that. Calls block.
 */
public final class Claims {
    /** What is delivered together. */
    record Batch(String id, List<DeviceId> devices, Instant closesAt, String by) {
        Batch {
            devices = List.copyOf(devices);
        }
    }

    /** Shown once: what goes into the firmware, and what is printed on each device. */
    record Secrets(String batchKey, Map<DeviceId, String> codes) {}

    private static final Logger log = LoggerFactory.getLogger(Claims.class);
    private static final Duration COUNTED = Duration.ofHours(1);
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CODE_LENGTH = 12;

    private final ClaimStore store;
    private final DeviceCredentials credentials;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();

    public Claims(Database database, DeviceCredentials credentials, InstantSource time) {
        this.store = new ClaimStore(database);
        this.credentials = credentials;
        this.time = time;
    }

    /** Whether a password is meant for a claim. */
    public static boolean isOne(String password) {
        return Claim.isOne(password);
    }

    /** Registers a batch; a device of an earlier one may be claimed again, with its new code. */
    Secrets register(Batch batch) {
        String batchKey = credentials.newKey();
        Map<DeviceId, String> codes = new LinkedHashMap<>();
        Map<DeviceId, KeyHash> hashes = new LinkedHashMap<>();
        for (DeviceId device : batch.devices()) {
            String code = newCode();
            codes.put(device, code);
            hashes.put(device, credentials.hash(Claim.plain(code)));
        }
        if (!store.insert(batch, credentials.hash(batchKey), hashes, time.instant())) {
            throw CareException.conflict("there is a batch of that name");
        }
        return new Secrets(batchKey, codes);
    }

    /** What becomes of devices that come with these passwords; who is in no batch is absent. */
    public Map<DeviceId, Claiming> judge(Map<DeviceId, String> passwords) {
        Map<DeviceId, Claim> claims = load(passwords.keySet());
        Map<DeviceId, Claiming> judged = new LinkedHashMap<>();
        Instant now = time.instant();
        claims.forEach((device, claim) -> {
            Claiming claiming = claim.judge(passwords.get(device), now);
            if (claiming == Claiming.WRONG_CODE) {
                store.wrongCode(device, now, now.minus(COUNTED));
            }
            if (claiming == Claiming.ALREADY || claiming == Claiming.LOCKED) {
                log.warn("a claim of {} is refused: {}", device, claiming);
            }
            judged.put(device, claiming);
        });
        return judged;
    }

    private Map<DeviceId, Claim> load(Collection<DeviceId> devices) {
        return devices.isEmpty() ? Map.of() : store.load(devices);
    }

    /**
     * Makes the key of its own for a device that is being claimed. It may come again for another until it has used one:
     * whoever lost power between the key and its memory is not lost.
     */
    public String keyFor(DeviceId device) {
        String key = credentials.rotate(device, DeviceCredentials.OVERLAP);
        store.issued(device, time.instant());
        return key;
    }

    /** Answers {@code registerBatch} and {@code batch}. */
    public void routes(Api api, StaffScope scope, Audit audit) {
        new BatchRoutes(this, store, scope, audit, time).mount(api);
    }

    /** 12 of 30 letters: 58 bits, and no two that look alike. */
    private String newCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(i > 0 && i % 4 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }
}
