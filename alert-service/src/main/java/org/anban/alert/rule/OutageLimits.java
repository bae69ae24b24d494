package org.anban.alert.rule;

import java.time.Duration;
import org.anban.contracts.error.CareException;

/**
 * When the silence of many is one outage. Shares are parts of one, of those devices of a group that were heard as they
 * promised until now.
 *
 * @param window who falls silent within this time falls silent together
 * @param share of a street, a model or a mobile network that makes an outage
 * @param least fewer devices never do
 * @param leastSubjects nor do the devices of fewer subjects: a home without power is no street
 * @param relayShare of the devices behind one relay
 * @param leastBehindRelay fewer of them never make an outage
 * @param fleetShare of all devices
 * @param leastOfFleet fewer devices never make an outage of the intake
 * @param recoveredShare an outage has passed when fewer are still silent
 * @param recoveredFor and stay so for this long
 * @param longestInterval a device that speaks less often than this tells nothing of an outage
 */
public record OutageLimits(
        Duration window,
        double share,
        int least,
        int leastSubjects,
        double relayShare,
        int leastBehindRelay,
        double fleetShare,
        int leastOfFleet,
        double recoveredShare,
        Duration recoveredFor,
        Duration longestInterval) {
    public static final OutageLimits DEFAULT = new OutageLimits(
            Duration.ofMinutes(10), 0.20, 5, 3, 0.50, 2, 0.50, 20, 0.05, Duration.ofMinutes(2), Duration.ofHours(1));

    public OutageLimits {
        if (!(share > 0 && share <= 1 && relayShare > 0 && relayShare <= 1 && fleetShare > 0 && fleetShare <= 1)) {
            throw CareException.invalid("outage share: above 0, at most 1");
        }
        if (!(recoveredShare >= 0 && recoveredShare < share)) {
            throw CareException.invalid("recovered share: below the share that makes an outage");
        }
        if (least < 2 || leastBehindRelay < 2 || leastSubjects < 1) {
            throw CareException.invalid("outage: of two devices at least");
        }
        if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(Duration.ofHours(6)) > 0) {
            throw CareException.invalid("outage window: 1 minute to 6 hours");
        }
    }

    /** The same with another share of a street, model or network, and another window. */
    public OutageLimits with(double otherShare, Duration otherWindow) {
        return new OutageLimits(
                otherWindow,
                otherShare,
                least,
                leastSubjects,
                relayShare,
                leastBehindRelay,
                fleetShare,
                leastOfFleet,
                Math.min(recoveredShare, otherShare / 4),
                recoveredFor,
                longestInterval);
    }
}
