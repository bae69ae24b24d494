package org.anban.gateway.family;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.family.kati.KatiWatches;
import org.anban.gateway.family.zigbee.Zigbee2Mqtt;
import org.anban.gateway.payload.Address;
import org.anban.gateway.topic.OwnTopics;
import org.anban.gateway.topic.TopicProfile;
import org.anban.gateway.topic.Topics;
import org.jspecify.annotations.Nullable;

/** Every family there is besides our own devices: a new one is a class and a line here. */
public final class Families {
    private static final List<TopicProfile> ALL = List.of(new Zigbee2Mqtt(), new KatiWatches());

    private static final Map<String, TopicProfile> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(TopicProfile::name, Function.identity()));

    private Families() {}

    /** The topics of one sender by its model. A name that nobody knows is taken for our own devices'. */
    public static Topics topicsOf(DeviceProfile sender) {
        Topics own = new OwnTopics(sender.id());
        TopicProfile family = BY_NAME.get(sender.make().topics());
        return family == null ? own : new Both(own, family.topics(sender.id()));
    }

    private record Both(Topics own, Topics familys) implements Topics {
        @Override
        public @Nullable Address find(String topic) {
            Address found = familys.find(topic);
            return found == null ? own.find(topic) : found;
        }

        @Override
        public boolean mayListen(String filter) {
            return familys.mayListen(filter);
        }
    }
}
