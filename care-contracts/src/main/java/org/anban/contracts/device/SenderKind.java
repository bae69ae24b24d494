package org.anban.contracts.device;

/** For whom a connection speaks. */
public enum SenderKind {
    /** For itself only. */
    DEVICE,
    /** A gateway in a home (Zigbee, BLE, a hub): for itself and its listed children, whose names are its own. */
    RELAY,
    /** A vendor's account: for the listed devices, known by the vendor's number (IMEI, serial number). */
    ACCOUNT
}
