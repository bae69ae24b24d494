package org.anban.gateway.bridge;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;

/**
 * Which messages are taken from which broker.
 *
 * @param group name of the shared subscription and beginning of our client ids; one a broker and database
 * @param shared whether the broker knows shared subscriptions
 * @param filters whose last two levels are the device and {@code event}, {@code telemetry}, {@code reply} or {@code
 *     status}; with an account also those that its model uses
 * @param account the relay or vendor account for which the broker stands: only devices on its list may be named, by the
 *     names that it has for them. Empty: every device of the register may be, by its id
 */
public record BridgeConfig(
        Broker broker, String group, boolean shared, List<String> filters, String account, Limits limits) {
    /**
     * How much and how long.
     *
     * @param inFlight the most messages without an answer on one connection (the receive maximum)
     * @param session how long the broker keeps messages for us while we are away
     */
    public record Limits(int inFlight, Duration session) {
        public static final Limits DEFAULT = new Limits(200, Duration.ofDays(7));

        private static final int MOST_IN_FLIGHT = 65_535;
        private static final long LONGEST_SESSION_SECONDS = 0xFFFF_FFFEL;

        public Limits {
            if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
                throw CareException.invalid("bridge: 1 to 65535 messages in flight");
            }
            if (session.toSeconds() < 1 || session.toSeconds() > LONGEST_SESSION_SECONDS) {
                throw CareException.invalid("bridge: the broker keeps a session for at least a second");
            }
        }
    }

    public static final String GROUP = "anban";
    public static final List<String> FILTERS = List.of("care/v1/+/event", "care/v1/+/telemetry", "care/v1/+/reply");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,40}");

    public BridgeConfig {
        filters = List.copyOf(filters);
        if (!NAME.matcher(group).matches()) {
            throw CareException.invalid("bridge group: 1 to 41 characters of A-Z a-z 0-9 . _ -");
        }
        if (filters.isEmpty()) {
            throw CareException.invalid("bridge filters: at least one");
        }
        if (!account.isEmpty() && !DeviceId.isOne(account)) {
            throw CareException.invalid("bridge account: not the id of a device");
        }
        filters.forEach(filter -> BrokerTopic.checkFilter(filter, !account.isEmpty()));
    }

    /** With the topics of {@code docs/wire.md} and defaults. */
    public static BridgeConfig of(Broker broker) {
        return new BridgeConfig(broker, GROUP, true, FILTERS, "", Limits.DEFAULT);
    }
}
