package org.anban.platform.device;

import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.jspecify.annotations.Nullable;

/**
 * One piece of the stock.
 *
 * @param carrier the mobile network of its SIM; may be empty
 * @param keeper id of the facility whose stock it is, or null; says where an unbound device belongs
 */
public record Device(
        DeviceId id, DeviceModel model, Standing standing, SenderKind sender, String carrier, @Nullable String keeper) {
    /** A device without a SIM that speaks for itself at most. */
    public Device(DeviceId id, DeviceModel model, Standing standing, @Nullable String keeper) {
        this(id, model, standing, SenderKind.DEVICE, "", keeper);
    }
}
