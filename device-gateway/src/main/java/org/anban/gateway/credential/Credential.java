package org.anban.gateway.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * With what a device may prove itself.
 *
 * @param newest null if it has none, or if it was revoked
 * @param inUse whether the newest key was used: then the old one is worth nothing
 */
public record Credential(
        Accepts accepts, @Nullable KeyHash newest, boolean inUse, @Nullable KeyHash old, Instant oldEnds) {
    /** Of a device that nothing was written of: it may come with a certificate, and has no key. */
    public static final Credential NONE = new Credential(Accepts.BOTH, null, false, null, Instant.EPOCH);

    /** Which kinds of proof count. */
    public enum Accepts {
        KEY,
        CERTIFICATE,
        BOTH
    }

    /** What a key is. */
    public enum Match {
        NO,
        /** The newest, which was used before. */
        NEWEST,
        /** The newest, for the first time. */
        NEWEST_AT_FIRST,
        /** The one before, in its overlap. */
        OLD
    }

    public Match match(String key, Instant now) {
        if (accepts == Accepts.CERTIFICATE) {
            return Match.NO;
        }
        if (newest != null && newest.matches(key)) {
            return inUse ? Match.NEWEST : Match.NEWEST_AT_FIRST;
        }
        boolean overlaps = !inUse && old != null && now.isBefore(oldEnds);
        return overlaps && old.matches(key) ? Match.OLD : Match.NO;
    }

    /** Which of its keys such a match is of; null if it is of none. */
    public @Nullable KeyHash keyOf(Match match) {
        return switch (match) {
            case NO -> null;
            case NEWEST, NEWEST_AT_FIRST -> newest;
            case OLD -> old;
        };
    }

    public boolean hasKey() {
        return newest != null;
    }

    public boolean acceptsCertificate() {
        return accepts != Accepts.KEY;
    }
}
