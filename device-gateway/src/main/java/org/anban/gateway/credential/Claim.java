package org.anban.gateway.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a device may be claimed with, once.
 *
 * @param closesAt the batch's window
 * @param wrongCodes how often the batch's key came with another code since {@code wrongCodeAt}
 */
record Claim(
        KeyHash batchKey,
        KeyHash code,
        Instant closesAt,
        boolean claimed,
        int wrongCodes,
        @Nullable Instant wrongCodeAt) {
    private static final int MOST_WRONG_CODES = 10;
    private static final Duration LOCKED = Duration.ofHours(1);

    /** A claim's password is the batch's key, a colon and the printed code; a key of a device has no colon. */
    static boolean isOne(String password) {
        return password.indexOf(':') > 0;
    }

    /**
     * The right code is good whatever came before it: it cannot be guessed, and whoever read the batch's key out of one
     * firmware must not keep all others from being claimed.
     */
    Claiming judge(String password, Instant now) {
        int colon = password.indexOf(':');
        if (!batchKey.matches(password.substring(0, colon))) {
            return Claiming.WRONG_BATCH_KEY;
        }
        if (!code.matches(plain(password.substring(colon + 1)))) {
            return isLocked(now) ? Claiming.LOCKED : Claiming.WRONG_CODE;
        }
        if (claimed) {
            return Claiming.ALREADY;
        }
        return now.isBefore(closesAt) ? Claiming.GOOD : Claiming.CLOSED;
    }

    private boolean isLocked(Instant now) {
        return wrongCodes >= MOST_WRONG_CODES && wrongCodeAt != null && now.isBefore(wrongCodeAt.plus(LOCKED));
    }

    /** As it is printed, or as somebody typed it. */
    static String plain(String code) {
        return code.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT);
    }
}
