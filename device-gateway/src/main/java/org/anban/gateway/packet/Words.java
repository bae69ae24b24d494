package org.anban.gateway.packet;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** MQTT 5's reason strings: what a code means here, for whoever reads the log of a device. */
final class Words {
    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(0x10, "nobody listens"),
            Map.entry(0x11, "there is no such subscription"),
            Map.entry(0x81, "the packet is malformed"),
            Map.entry(0x82, "MQTT does not allow this packet here"),
            Map.entry(0x84, "only MQTT 3.1.1 and 5 are spoken here"),
            Map.entry(0x85, "the client id is the device's id, and so is the user name"),
            Map.entry(0x86, "the key is wrong"),
            Map.entry(0x87, "not this device's: it speaks only of itself"),
            Map.entry(0x88, "alarms cannot be written now; try again"),
            Map.entry(0x89, "telemetry was left while the log was behind; send it again"),
            Map.entry(0x8B, "the server stops; connect again"),
            Map.entry(0x8C, "enhanced authentication is not offered"),
            Map.entry(0x8D, "nothing was heard for one and a half times the keep alive"),
            Map.entry(0x8E, "the device connected again"),
            Map.entry(0x8F, "the topic filter is not well formed"),
            Map.entry(0x90, "a will is about the device itself: one of its own topics"),
            Map.entry(0x92, "there is no message of this packet id"),
            Map.entry(0x93, "more unacknowledged than the receive maximum"),
            Map.entry(0x94, "the topic alias is 0 or above the maximum"),
            Map.entry(0x95, "the packet is too large"),
            Map.entry(0x97, "more telemetry than one device may send; do not send this again"),
            Map.entry(0x99, "nothing of the payload can be used; do not send it again"),
            Map.entry(0x9E, "there are no shared subscriptions"),
            Map.entry(0x9F, "too many attempts; wait a minute"),
            Map.entry(0xA1, "there are no subscription identifiers"),
            Map.entry(0xA2, "there are no wildcard subscriptions"));
    private static final Map<Integer, byte[]> BYTES = TEXTS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> e.getValue().getBytes(StandardCharsets.UTF_8)));
    private static final byte[] NONE = {};

    /** The longest of them fits in this. */
    static final int LONGEST = 80;

    private Words() {}

    /** In UTF-8; empty if there is nothing to say. Not to be changed. */
    static byte[] of(int code) {
        return BYTES.getOrDefault(code & 0xFF, NONE);
    }
}
