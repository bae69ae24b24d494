package org.anban.gateway.payload;

import java.time.Instant;
import org.anban.contracts.device.DeviceProfile;

/**
 * One family of payloads. An instance keeps scratch space and belongs to one thread.
 *
 * @see Decoders
 */
public interface Decoder {
    /**
     * Reads one message.
     *
     * @param bytes the payload in its first {@code length} bytes; not kept
     * @param receivedAt with microseconds at most
     * @throws UnusablePayload if nothing of it can be used; what was found before then does not count
     */
    void decode(byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload;
}
