package org.anban.platform.device;

import java.time.Instant;
import org.anban.contracts.device.Standing;
import org.anban.contracts.error.CareException;

/**
 * Somebody said where a device is in its life.
 *
 * @param reason in words, for whoever asks later
 * @param by id of the person
 */
record StandingChange(Standing standing, String reason, Instant at, String by) {
    StandingChange {
        if (reason.isBlank()) {
            throw CareException.invalid("reason: say why");
        }
        if (reason.indexOf(0) >= 0) {
            throw CareException.invalid("reason: no NUL in it");
        }
    }
}
