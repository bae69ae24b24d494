package org.anban.gateway.inlet;

import org.anban.contracts.error.CareException;

/**
 * What may wait in the inlet. Events have as much room again as telemetry, so that telemetry which waits keeps no alarm out.
 *
 * @param messages telemetry messages that are not durable yet
 * @param bytes their payloads together
 */
public record InletLimits(int messages, long bytes) {
    public static final InletLimits DEFAULT = new InletLimits(10_000, 32L << 20);

    public InletLimits {
        if (messages < 1 || bytes < 1) {
            throw CareException.invalid("inlet: room for at least one message and one byte");
        }
    }
}
