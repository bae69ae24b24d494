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
     * @param alias 1 to the maximum
     * @return null if nothing is known of the alias
     */
    public @Nullable String resolve(String name, int alias) {
        if (!name.isEmpty()) {
            topics[alias] = name;
        }
        return topics[alias];
    }
}
