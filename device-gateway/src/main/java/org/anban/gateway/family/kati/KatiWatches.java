package org.anban.gateway.family.kati;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.ReportKind;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Channel;
import org.anban.gateway.payload.Decoder;
import org.anban.gateway.topic.TopicProfile;
import org.anban.gateway.topic.Topics;
import org.jspecify.annotations.Nullable;

/** The vendor's account: the topics are the same for all its watches, and each payload says which by its IMEI. */
public final class KatiWatches implements TopicProfile, Topics {
    private enum Kind implements Channel {
        HB(rules -> new KatiMessage(rules, null)),
        VITALSIGN(rules -> new KatiMessage(rules, null)),
        AP55(rules -> new KatiMessage(rules, null)),
        LOCATION(rules -> new KatiMessage(rules, null)),
        SLEEPDATA(rules -> new KatiMessage(rules, null)),
        ONLINETRIGGER(rules -> new KatiMessage(rules, null)),
        SOS(rules -> new KatiMessage(rules, ReportKind.SOS)),
        FALLDOWN(rules -> new KatiMessage(rules, ReportKind.FALL));

        private final Function<TimeRules, Decoder> decoder;
        private final Address address = Address.ofSender(this);

        Kind(Function<TimeRules, Decoder> decoder) {
            this.decoder = decoder;
        }

        @Override
        public boolean mayHoldAlarm() {
            return this == SOS || this == FALLDOWN;
        }

        @Override
        public Decoder decoder(TimeRules rules) {
            return decoder.apply(rules);
        }
    }

    private static final String PREFIX = "imede_watch/";
    private static final Map<String, Address> TOPICS = Arrays.stream(Kind.values())
            .collect(Collectors.toUnmodifiableMap(kind -> PREFIX + kind.name(), kind -> kind.address));

    @Override
    public String name() {
        return "kati";
    }

    @Override
    public Topics topics(DeviceId sender) {
        return this;
    }

    /** Firmware differs in how the names are written ({@code SOS}, {@code sos}). */
    @Override
    public @Nullable Address find(String topic) {
        for (Map.Entry<String, Address> known : TOPICS.entrySet()) {
            if (known.getKey().equalsIgnoreCase(topic)) {
                return known.getValue();
            }
        }
        return null;
    }
}
