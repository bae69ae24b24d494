package org.anban.contracts.event;

/** What the log holds of a message. */
public sealed interface DeviceEvent permits Readings, DeviceReport, CommandReply {
    EventTime time();

    Lane lane();
}
