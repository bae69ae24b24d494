package org.anban.gateway.intake;

import java.time.Duration;
import org.anban.contracts.error.CareException;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.presence.PresenceRules;

/**
 * Limits of the intake.
 *
 * @param clocks how far device clocks are believed
 * @param mostBacklogBytes above this, connections that send telemetry are not read
 * @param alarmPatience an alarm that is not stored after this is shown as not stored
 * @param presence when a device is said to be silent, to flap, to be two
 */
public record IntakeRules(TimeRules clocks, long mostBacklogBytes, Duration alarmPatience, PresenceRules presence) {
    public static final IntakeRules DEFAULT =
            new IntakeRules(TimeRules.DEFAULT, 64L << 20, Duration.ofSeconds(2), PresenceRules.DEFAULT);

    public IntakeRules {
        if (mostBacklogBytes < 1 || alarmPatience.isNegative()) {
            throw CareException.invalid("intake: a positive backlog and patience");
        }
    }
}
