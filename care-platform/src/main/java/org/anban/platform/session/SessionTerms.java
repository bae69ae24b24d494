package org.anban.platform.session;

import java.time.Duration;
import org.anban.contracts.error.CareException;

/**
 * How long a login lasts.
 *
 * @param staffIdle without a request, for staff
 * @param staffLongest from the login, whatever happens, for staff
 * @param familyIdle without a request, for everybody else
 * @param familyLongest from the login, for everybody else
 * @param criticalGrace how long after its end, or its last use after that, a staff session still counts while a
 *     critical incident is open
 * @param memory how long a revoked token may still be believed by another process
 */
public record SessionTerms(
        Duration staffIdle,
        Duration staffLongest,
        Duration familyIdle,
        Duration familyLongest,
        Duration criticalGrace,
        Duration memory) {
    public static final SessionTerms USUAL = new SessionTerms(
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofDays(30),
            Duration.ofDays(180),
            Duration.ofHours(24),
            Duration.ofSeconds(2));

    public SessionTerms {
        if (staffIdle.compareTo(staffLongest) > 0 || familyIdle.compareTo(familyLongest) > 0) {
            throw CareException.invalid("sessions: idle time is at most the longest time");
        }
    }

    Duration idle(boolean staff) {
        return staff ? staffIdle : familyIdle;
    }

    Duration longest(boolean staff) {
        return staff ? staffLongest : familyLongest;
    }
}
