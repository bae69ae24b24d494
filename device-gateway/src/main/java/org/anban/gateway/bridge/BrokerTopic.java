package org.anban.gateway.bridge;

import java.util.Locale;
import org.anban.contracts.error.CareException;
import org.anban.gateway.payload.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the broker that is built like ours: its last level says which kind of message, the one before it which
 * device. What stands before these is the broker's own affair.
 *
 * @param trunk the topic up to and with the slash behind the device
 */
record BrokerTopic(String trunk, String device, Topic topic) {
    /** Null if it is not built like that. */
    static @Nullable BrokerTopic of(String name) {
        int last = name.lastIndexOf('/');
        Topic topic = topicOf(name.substring(last + 1));
        if (last < 0 || topic == null) {
            return null;
        }
        int before = name.lastIndexOf('/', last - 1);
        return new BrokerTopic(name.substring(0, last + 1), name.substring(before + 1, last), topic);
    }

    /** Where a device hears its commands. */
    static String commands(String trunk) {
        return trunk + "command";
    }

    private static @Nullable Topic topicOf(String level) {
        for (Topic topic : Topic.values()) {
            if (topic.name().toLowerCase(Locale.ROOT).equals(level)) {
                return topic;
            }
        }
        return null;
    }

    /**
     * Checks a filter.
     *
     * @param any whether an account is configured, whose model may have topics of its own
     */
    static void checkFilter(String filter, boolean any) {
        BrokerTopic topic = of(filter);
        boolean ours = topic != null && topic.device().equals("+") && !filter.contains("#");
        if (filter.isBlank() || filter.startsWith("$") || !ours && !any) {
            throw CareException.invalid("bridge filter \"" + filter + "\": ends in /+/event, /+/telemetry, /+/reply or"
                    + " /+/status, where + is the device; any other filter needs an account");
        }
    }
}
