package org.anban.gateway.topic;

import org.anban.contracts.device.DeviceId;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Topic;
import org.jspecify.annotations.Nullable;

/** {@code care/v1/{id}/…}: of every sender. The names are made once. */
public final class OwnTopics implements Topics {
    private static final Topic[] TOPICS = Topic.values();

    private final String[] names = new String[TOPICS.length];

    public OwnTopics(DeviceId sender) {
        for (Topic topic : TOPICS) {
            names[topic.ordinal()] = topic.of(sender.value());
        }
    }

    @Override
    public @Nullable Address find(String name) {
        for (Topic topic : TOPICS) {
            if (names[topic.ordinal()].equals(name)) {
                return topic.address();
            }
        }
        return null;
    }
}
