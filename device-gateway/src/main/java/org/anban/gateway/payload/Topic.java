package org.anban.gateway.payload;

import java.util.Locale;
import java.util.function.Function;
import org.anban.gateway.clock.TimeRules;

/** The topics of one device, {@code care/v1/{id}/…}. */
public enum Topic implements Channel {
    TELEMETRY(Telemetry::new),
    EVENT(EventReports::new),
    REPLY(CommandReplies::new),
    /** "online", "offline", whatever a device is used to say there: taken, a sign of life, and nothing to log. */
    STATUS(rules -> (bytes, length, device, receivedAt, findings) -> {});

    /** Topics start with this, then the device's id. */
    public static final String PREFIX = "care/v1/";

    private final Function<TimeRules, Decoder> decoder;
    private final String suffix = "/" + name().toLowerCase(Locale.ROOT);
    private final Address address = Address.ofSender(this);

    Topic(Function<TimeRules, Decoder> decoder) {
        this.decoder = decoder;
    }

    /** The full name for one device. */
    public String of(String deviceId) {
        return PREFIX + deviceId + suffix;
    }

    /** The one topic that a device may subscribe to. */
    public static String command(String deviceId) {
        return PREFIX + deviceId + "/command";
    }

    /** About the sender itself. */
    public Address address() {
        return address;
    }

    @Override
    public boolean mayHoldAlarm() {
        return this == EVENT;
    }

    @Override
    public Decoder decoder(TimeRules rules) {
        return decoder.apply(rules);
    }
}
