package org.anban.alert.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may be rung; staff are off duty until they say otherwise.
 *
 * @param since null if they never said
 */
record Duty(boolean onDuty, @Nullable Instant since) {
    static final Duty NEVER = new Duty(false, null);
}
