package org.anban.gateway.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.family.kati.KatiWatches;
import org.anban.gateway.family.zigbee.Zigbee2Mqtt;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Channel;
import org.anban.gateway.payload.Decoders;
import org.anban.gateway.payload.Findings;
import org.anban.gateway.payload.Statement;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.setaside.Reason;

/** Any bytes as a payload: they are understood or set aside with a reason, and nothing impossible is understood. */
public final class PayloadFuzz {
    private static final Instant RECEIVED = Instant.parse("2026-01-05T00:30:00Z");
    private static final Instant EARLIEST = RECEIVED.minus(Duration.ofDays(32));
    private static final Instant LATEST = RECEIVED.plus(Duration.ofMinutes(3));
    private static final DeviceProfile WATCH = new DeviceProfile(
            new DeviceId("w-1"),
            "watch",
            "W1",
            false,
            Duration.ofMinutes(5),
            List.of(new Binding(SubjectId.resident("r-1"), Instant.EPOCH, null)));
    /** One for each decoder that there is. */
    static final List<Channel> CHANNELS = channels();

    private static final Decoders DECODERS = new Decoders(TimeRules.DEFAULT);
    private static final Findings CHECKED = new Findings() {
        @Override
        public DeviceProfile about(String name) {
            return WATCH;
        }

        @Override
        public void event(DeviceEvent event) {
            check(event);
        }

        @Override
        public void state(String field, DeviceReport report) {
            check(report);
        }

        @Override
        public void ended(String field) {
            field.length();
        }

        @Override
        public void setAside(Reason reason, String field) {
            reason.name();
        }
    };

    private PayloadFuzz() {}

    private static List<Channel> channels() {
        Stream<Address> families = Stream.concat(
                Stream.of("zigbee2mqtt/button").map(new Zigbee2Mqtt()::find),
                Stream.of("VitalSign", "AP55", "SOS", "fallDown", "hb", "location", "sleepdata", "onlineTrigger")
                        .map(name -> new KatiWatches().find("iMEDE_watch/" + name)));
        return Stream.of(Arrays.stream(Topic.values()), Stream.of(Statement.PRESENCE), families.map(Address::channel))
                .<Channel>flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** The first byte chooses the channel, the rest is the payload. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Channel channel = CHANNELS.get((data[0] & 0xFF) % CHANNELS.size());
        byte[] payload = Arrays.copyOfRange(data, 1, data.length);
        try {
            DECODERS.decode(channel, payload, payload.length, WATCH, RECEIVED, CHECKED);
        } catch (UnusablePayload e) {
            e.reason().name();
        }
    }

    private static void check(DeviceEvent event) {
        Instant at = event.time().at();
        if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            throw new AssertionError("an impossible time counts: " + event);
        }
        if (event instanceof Readings readings) {
            for (Signal signal : Signal.values()) {
                double value = readings.values().get(signal);
                if (readings.values().has(signal) && !Double.isFinite(value)) {
                    throw new AssertionError("a number that is none: " + event);
                }
            }
        }
    }
}
