package org.anban.gateway.payload;

import java.time.Instant;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.setaside.Reason;

/** Chooses the decoder of a message. Keeps scratch space: one instance for one thread. */
public final class Decoders {
    private static final Decoder NOTHING = (bytes, length, device, receivedAt, findings) -> {};

    private final Decoder plain;
    private final Decoder senml;
    private final Decoder events;
    private final Decoder replies;

    public Decoders(TimeRules rules) {
        plain = new PlainTelemetry(rules);
        senml = new SenmlTelemetry(rules);
        events = new EventReports(rules);
        replies = new CommandReplies(rules);
    }

    /**
     * Reads one message.
     *
     * @param bytes the payload in its first {@code length} bytes; not kept
     * @throws UnusablePayload if nothing of it can be used; what was found before then does not count
     */
    public void decode(
            Topic topic, byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        Decoder decoder =
                switch (topic) {
                    case TELEMETRY -> firstMark(bytes, length) == '[' ? senml : plain;
                    case EVENT -> events;
                    case REPLY -> replies;
                    case STATUS -> NOTHING;
                };
        decoder.decode(bytes, length, device, receivedAt, findings);
    }

    private static int firstMark(byte[] bytes, int length) throws UnusablePayload {
        for (int i = 0; i < length; i++) {
            if (bytes[i] > ' ') {
                return bytes[i];
            }
        }
        throw new UnusablePayload(Reason.UNPARSEABLE, "empty");
    }
}
