package org.anban.gateway.session;

import java.time.Instant;

/**
 * A session as it is stored.
 *
 * @param grantedQos that of its subscription to commands, or {@link Session#NOT_SUBSCRIBED}
 */
record SessionRow(
        String device, long expirySeconds, int grantedQos, boolean connected, Instant changedAt, Instant lastHeard) {
    /**
     * Whether a device that comes back finds it. One that still counts as connected is taken over, or its process was
     * killed; then the last sign of life stands for the end.
     */
    boolean isPresent(Instant now) {
        if (expirySeconds == Session.NEVER_EXPIRES) {
            return true;
        }
        if (expirySeconds == 0) {
            return false;
        }
        Instant end = lastHeard.isAfter(changedAt) ? lastHeard : changedAt;
        return end.plusSeconds(expirySeconds).isAfter(now);
    }
}
