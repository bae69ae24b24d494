package org.anban.gateway.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message about one device, read from a push.
 *
 * @param numbers how the platform calls the device, the best name first (IMEI, device id); may be empty
 * @param id the platform's id of the message, or one made from its bytes: the same when it is pushed again
 */
public record Pushed(List<String> numbers, String id, Content content) {
    public Pushed {
        numbers = List.copyOf(numbers);
    }

    /** What a message says. */
    public sealed interface Content {}

    /**
     * What the device itself sent, handed through by the platform.
     *
     * @param at when the platform got it, as our wire writes times; null if it does not say
     */
    public record Handed(String payload, @Nullable String at) implements Content {}

    /** Values by name, each with its time. */
    public record Values(List<Value> values, @Nullable String at) implements Content {
        public Values {
            values = List.copyOf(values);
        }
    }

    /**
     * Something happened.
     *
     * @param names what the platform calls it, the most exact name first
     * @param details values that came with it
     */
    public record Happened(List<String> names, List<Value> details, @Nullable String at) implements Content {
        public Happened {
            names = List.copyOf(names);
            details = List.copyOf(details);
        }
    }

    /** The platform sees the device, or sees it no more. */
    public record Presence(boolean online, @Nullable String at) implements Content {}

    /**
     * Ours, for a topic of ours.
     *
     * @param topic {@code telemetry}, {@code event} or {@code reply}
     */
    public record Ours(String topic, String payload) implements Content {}

    /**
     * A message of a kind that means nothing to us.
     *
     * @param kind what the platform calls it
     */
    public record NotUnderstood(String kind, String text) implements Content {}

    /**
     * One value.
     *
     * @param group the platform's service that it belongs to, or empty
     * @param value number, text, yes or no; a structure as JSON text; null for none
     * @param at its own time, as our wire writes times; null for that of the message
     */
    public record Value(String group, String name, @Nullable Object value, @Nullable String at) {}
}
