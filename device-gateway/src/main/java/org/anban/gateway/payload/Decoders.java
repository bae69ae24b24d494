package org.anban.gateway.payload;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.clock.TimeRules;

/** The decoders of one thread, each made when its first message comes. They keep scratch space. */
public final class Decoders {
    private final TimeRules rules;
    private final Map<Channel, Decoder> decoders = new IdentityHashMap<>();

    public Decoders(TimeRules rules) {
        this.rules = rules;
    }

    /**
     * Reads one message.
     *
     * @param bytes the payload in its first {@code length} bytes; not kept
     * @throws UnusablePayload if nothing of it can be used; what was found before then does not count
     */
    public void decode(
            Channel channel, byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        Decoder decoder = decoders.get(channel);
        if (decoder == null) {
            decoder = channel.decoder(rules);
            decoders.put(channel, decoder);
        }
        decoder.decode(bytes, length, device, receivedAt, findings);
    }
}
