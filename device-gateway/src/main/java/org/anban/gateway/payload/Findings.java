package org.anban.gateway.payload;

import org.anban.contracts.event.DeviceEvent;
import org.anban.gateway.setaside.Reason;

/** Receives what a decoder finds in one message. */
public interface Findings {
    void event(DeviceEvent event);

    /**
     * A part that does not count; the rest of the message does.
     *
     * @param field the field's name, as the device wrote it
     */
    void setAside(Reason reason, String field);
}
