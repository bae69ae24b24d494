package org.anban.gateway.presence;

import java.time.Duration;
import org.anban.contracts.error.CareException;

/**
 * When a device is said to be something.
 *
 * @param shortConnection a connection that ended before this without a good-bye was a short one
 * @param shortOnes so many short connections within an hour are flapping
 * @param calmAfter without a short connection for so long, flapping is over
 * @param takeOvers so many contested take-overs, back and forth, are a clone
 * @param takeOversWithin the time in which they count
 * @param cloneShown for how long after the last of them it is shown
 * @param lossShown for how long after an alarm at QoS 0 its sender is shown as one whose alarms may be lost
 * @param silentIntervals a device or signal is silent after so many expected intervals, as for detection
 * @param leastSilence no silence is shorter
 * @param lowBattery percent; at this or below it is low (domain notes 6.5, LOW_BATTERY)
 */
public record PresenceRules(
        Duration shortConnection,
        int shortOnes,
        Duration calmAfter,
        int takeOvers,
        Duration takeOversWithin,
        Duration cloneShown,
        Duration lossShown,
        int silentIntervals,
        Duration leastSilence,
        int lowBattery) {
    public static final PresenceRules DEFAULT = new PresenceRules(
            Duration.ofMinutes(1),
            6,
            Duration.ofMinutes(30),
            3,
            Duration.ofMinutes(5),
            Duration.ofHours(24),
            Duration.ofDays(7),
            3,
            Duration.ofSeconds(30),
            20);

    public PresenceRules {
        if (shortOnes < 2 || takeOvers < 2 || silentIntervals < 1) {
            throw CareException.invalid("presence: 2 short connections, 2 take-overs and 1 interval at least");
        }
    }
}
