package org.anban.gateway.packet;

import org.jspecify.annotations.Nullable;

/** MQTT 5's short numbers for topics, from the device to us, for one connection. */
public final class TopicAliases {
    private final @Nullable String[] topics;

    public TopicAliases(int maximum) {
        topics = new String[maximum + 1];
    }

    /**
     * The topic meant by a name (which may be empty) and an alias.
     *
     * @return null if MQTT does not allow it
     */
    public @Nullable String resolve(String name, int alias) {
        if (alias < 1 || alias >= topics.length) {
            return null;
        }
        if (!name.isEmpty()) {
            topics[alias] = name;
        }
        return topics[alias];
    }
}
