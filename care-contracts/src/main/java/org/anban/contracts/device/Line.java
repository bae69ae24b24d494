package org.anban.contracts.device;

import org.jspecify.annotations.Nullable;

/**
 * The way on which a device reaches us.
 *
 * @param carrier the mobile network of its SIM; empty if it has none, or if nobody wrote it down
 * @param relay the relay or vendor account on whose list it is, through which it speaks; null if it speaks for itself
 */
public record Line(SenderKind sender, String carrier, @Nullable DeviceId relay) {
    /** A device with a connection of its own. */
    public static final Line OWN = new Line(SenderKind.DEVICE, "", null);
}
