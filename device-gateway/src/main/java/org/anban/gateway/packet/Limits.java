package org.anban.gateway.packet;

import java.time.Duration;
import org.anban.contracts.error.CareException;

/**
 * What one connection may do.
 *
 * @param packetBytes MQTT 5's Maximum Packet Size
 * @param inFlight MQTT 5's Receive Maximum; an older client is not read while it has this many unacknowledged
 * @param topicAliases MQTT 5's Topic Alias Maximum
 * @param connectTimeout from the TCP connection to a complete, accepted CONNECT
 * @param longestKeepAlive MQTT 5's Server Keep Alive where a client asks for more, or for none
 * @param slowestReader for how long a client may read none of our answers
 */
public record Limits(
        int packetBytes,
        int inFlight,
        int topicAliases,
        Duration connectTimeout,
        Duration longestKeepAlive,
        Duration slowestReader) {
    public static final Limits DEFAULT =
            new Limits(256 * 1024, 128, 8, Duration.ofSeconds(10), Duration.ofMinutes(60), Duration.ofSeconds(60));

    public Limits {
        if (packetBytes < 1024 || inFlight < 1 || inFlight > 65_535 || topicAliases < 0) {
            throw CareException.invalid("mqtt limits: packets of 1 KiB or more, 1 to 65535 in flight");
        }
    }

    public Limits withLongestKeepAlive(Duration longest) {
        return new Limits(packetBytes, inFlight, topicAliases, connectTimeout, longest, slowestReader);
    }
}
