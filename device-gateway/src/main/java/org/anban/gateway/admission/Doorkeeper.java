package org.anban.gateway.admission;

import java.time.Instant;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.credential.Attempts;
import org.anban.gateway.credential.Claiming;
import org.anban.gateway.credential.Credential;
import org.anban.gateway.credential.KeyHash;
import org.jspecify.annotations.Nullable;

/** Whether somebody may come in as the device that it says it is. */
final class Doorkeeper {
    /**
     * What is known of that device.
     *
     * @param claiming what its password is worth as a claim; null if it is none
     */
    record Known(@Nullable DeviceProfile profile, Credential credential, @Nullable Claiming claiming) {}

    /**
     * What comes of it.
     *
     * @param refusal null for whoever may come in
     * @param key with which it proved itself; null if it has a certificate, or only claims
     * @param firstUse with the newest key, for the first time
     * @param claiming only to be given a key
     */
    record Verdict(@Nullable Refusal refusal, @Nullable KeyHash key, boolean firstUse, boolean claiming) {
        static Verdict refused(Refusal refusal) {
            return new Verdict(refusal, null, false, false);
        }
    }

    private final Attempts attempts;

    Doorkeeper(Attempts attempts) {
        this.attempts = attempts;
    }

    Verdict judge(Greeting greeting, String address, Known known, Instant now) {
        DeviceProfile profile = known.profile();
        Credential credential = known.credential();
        if (profile == null) {
            return stranger(address);
        }
        if (greeting.isCertified() && credential.acceptsCertificate()) {
            return in(profile, null, false, false);
        }
        Credential.Match match = credential.match(greeting.key(), now);
        if (match != Credential.Match.NO) {
            attempts.rightKey(address, profile.id().value());
            return in(profile, credential.keyOf(match), match == Credential.Match.NEWEST_AT_FIRST, false);
        }
        if (known.claiming() != null) {
            return claim(profile, address, known.claiming());
        }
        return credential.hasKey() ? wrongKey(profile, address) : stranger(address);
    }

    private Verdict claim(DeviceProfile profile, String address, Claiming claiming) {
        return switch (claiming) {
            case GOOD -> in(profile, null, false, true);
            case ALREADY -> Verdict.refused(Refusal.CLAIMED_ALREADY);
            case CLOSED -> Verdict.refused(Refusal.CLAIM_CLOSED);
            case LOCKED -> Verdict.refused(Refusal.CLAIM_LOCKED);
            case WRONG_BATCH_KEY, WRONG_CODE -> wrongKey(profile, address);
        };
    }

    private static Verdict in(DeviceProfile profile, @Nullable KeyHash key, boolean firstUse, boolean claiming) {
        return profile.standing().mayConnect()
                ? new Verdict(null, key, firstUse, claiming)
                : Verdict.refused(Refusal.BLOCKED);
    }

    private Verdict wrongKey(DeviceProfile profile, String address) {
        boolean tooMany = attempts.wrongKey(address, profile.id().value());
        return Verdict.refused(tooMany ? Refusal.TOO_MANY_WRONG_KEYS : Refusal.WRONG_KEY);
    }

    private Verdict stranger(String address) {
        return Verdict.refused(attempts.stranger(address) ? Refusal.TOO_MANY_STRANGERS : Refusal.UNKNOWN_DEVICE);
    }
}
