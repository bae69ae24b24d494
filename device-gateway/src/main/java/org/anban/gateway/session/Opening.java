package org.anban.gateway.session;

import org.anban.contracts.device.DeviceProfile;

/**
 * What a CONNECT asks of its session.
 *
 * @param clean begin a new one
 * @param expirySeconds how long it outlives the connection
 */
public record Opening(DeviceProfile profile, boolean clean, long expirySeconds) {}
