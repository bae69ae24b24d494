package org.anban.gateway.payload;

import java.time.Instant;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.setaside.Reason;

/** Readings in either form: an array is a SenML pack. */
final class Telemetry implements Decoder {
    private final Decoder plain;
    private final Decoder senml;

    Telemetry(TimeRules rules) {
        plain = new PlainTelemetry(rules);
        senml = new SenmlTelemetry(rules);
    }

    @Override
    public void decode(byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        Decoder decoder = firstMark(bytes, length) == '[' ? senml : plain;
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
