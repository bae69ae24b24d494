package org.anban.contracts.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something happened and when we heard of it. The third time, of the commit, belongs to the log's batch.
 *
 * @param at the instant that counts: the device's where its clock can be believed, else ours
 * @param receivedAt when the message reached us
 * @param deviceAt what the device's clock said, even if it is not believed; null if it said nothing
 */
public record EventTime(Instant at, Instant receivedAt, @Nullable Instant deviceAt) {
    public static EventTime received(Instant receivedAt) {
        return new EventTime(receivedAt, receivedAt, null);
    }

    /** The device gave a time and it was not believed. */
    public boolean clockWrong() {
        return deviceAt != null && !deviceAt.equals(at);
    }
}
