package org.anban.gateway.intake;

import java.time.Duration;
import org.anban.contracts.error.CareException;
import org.anban.gateway.clock.TimeRules;

/**
 * Limits of the intake.
 *
 * @param clocks how far device clocks are believed
 * @param mostBacklogBytes above this, connections that send telemetry are not read
 * @param alarmPatience an alarm that is not stored after this is shown as not stored
 */
public record IntakeRules(TimeRules clocks, long mostBacklogBytes, Duration alarmPatience) {
    public static final IntakeRules DEFAULT = new IntakeRules(TimeRules.DEFAULT, 64L << 20, Duration.ofSeconds(2));

    public IntakeRules {
        if (mostBacklogBytes < 1 || alarmPatience.isNegative()) {
            throw CareException.invalid("intake: a positive backlog and patience");
        }
    }
}
