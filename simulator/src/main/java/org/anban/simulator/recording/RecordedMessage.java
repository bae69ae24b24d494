package org.anban.simulator.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One message of a recording.
 *
 * @param seconds since the recording's beginning
 * @param leaf the last part of the topic: {@code telemetry} or {@code event}
 * @param payload without a time
 */
public record RecordedMessage(double seconds, String leaf, ObjectNode payload) {
    public RecordedMessage {
        if (!(seconds >= 0 && seconds < 1e9)) {
            throw new IllegalArgumentException("a time that is none: " + seconds);
        }
    }
}
