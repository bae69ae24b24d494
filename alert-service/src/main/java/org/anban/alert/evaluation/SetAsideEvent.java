package org.anban.alert.evaluation;

import java.time.Instant;
import org.anban.contracts.event.Lane;

/**
 * Something logged that could not be dealt with, so that the rest could go on.
 *
 * @param place index in the batch; -1 if it was the passing of time
 * @param rule the rule that failed, or {@code desk} if it was what takes the signals
 */
public record SetAsideEvent(
        Lane lane, long batch, int place, String rule, String device, String subject, String error, Instant at) {
    private static final int LONGEST_ERROR = 500;

    public SetAsideEvent {
        error = error.replace("\u0000", "");
        error = error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
    }
}
