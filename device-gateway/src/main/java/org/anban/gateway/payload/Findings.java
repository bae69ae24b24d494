package org.anban.gateway.payload;

import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/** Receives what a decoder finds in one message. */
public interface Findings {
    /**
     * What follows is about the device that the sender calls by this name (a friendly name, the vendor's number).
     *
     * @return the device, or null if the sender may not speak for any of that name: then what follows does not count
     */
    @Nullable
    DeviceProfile about(String name);

    void event(DeviceEvent event);

    /**
     * The device is in a state that it tells with every message while it lasts: it is reported when it begins.
     *
     * @param field which state; one follows another of the same field
     */
    void state(String field, DeviceReport report);

    /** It is in no state of that field. */
    void ended(String field);

    /**
     * A part that does not count; the rest of the message does.
     *
     * @param field the field's name, as the device wrote it
     */
    void setAside(Reason reason, String field);
}
