package org.anban.gateway.family.zigbee;

import java.util.function.Function;
import org.anban.contracts.device.DeviceId;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Channel;
import org.anban.gateway.payload.Decoder;
import org.anban.gateway.topic.TopicProfile;
import org.anban.gateway.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * zigbee2mqtt in a home, unmodified: {@code zigbee2mqtt/FRIENDLY_NAME} is the state of one device, and a friendly name may
 * have slashes in it. What it says of itself ({@code bridge/…}) and of who is reachable is taken and not used. It insists
 * on subscribing to its own topics.
 */
public final class Zigbee2Mqtt implements TopicProfile, Topics {
    private static final String PREFIX = "zigbee2mqtt/";

    private enum Kind implements Channel {
        STATE(ZigbeeState::new),
        UNUSED(rules -> (bytes, length, device, receivedAt, findings) -> {});

        private final Function<TimeRules, Decoder> decoder;

        Kind(Function<TimeRules, Decoder> decoder) {
            this.decoder = decoder;
        }

        @Override
        public boolean mayHoldAlarm() {
            return this == STATE;
        }

        @Override
        public Decoder decoder(TimeRules rules) {
            return decoder.apply(rules);
        }
    }

    private static final Address NOT_USED = Address.ofSender(Kind.UNUSED);

    @Override
    public String name() {
        return "zigbee2mqtt";
    }

    @Override
    public Topics topics(DeviceId sender) {
        return this;
    }

    @Override
    public @Nullable Address find(String topic) {
        if (!topic.startsWith(PREFIX) || topic.length() == PREFIX.length()) {
            return null;
        }
        String name = topic.substring(PREFIX.length());
        return name.startsWith("bridge/") || name.endsWith("/availability") ? NOT_USED : new Address(Kind.STATE, name);
    }

    @Override
    public boolean mayListen(String filter) {
        return filter.startsWith(PREFIX);
    }
}
