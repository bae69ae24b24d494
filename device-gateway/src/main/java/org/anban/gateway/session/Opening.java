package org.anban.gateway.session;

import java.util.Map;
import org.anban.contracts.device.DeviceProfile;

/**
 * What a CONNECT asks of its session.
 *
 * @param children for whom a relay or an account may speak, by the sender's names
 * @param clean begin a new one
 * @param expirySeconds how long it outlives the connection
 */
public record Opening(DeviceProfile profile, Map<String, DeviceProfile> children, boolean clean, long expirySeconds) {}
