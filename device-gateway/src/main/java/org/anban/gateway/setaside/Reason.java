package org.anban.gateway.setaside;

import java.util.Locale;

/** Why something that a device sent was refused or set aside; every one is counted by device and can be looked up. */
public enum Reason {
    /** The payload is not JSON, or nested too deeply. */
    UNPARSEABLE,
    /** The payload, or one field of it, is of a type that means nothing there. */
    WRONG_TYPE,
    /** A pack that RFC 8428 forbids. */
    INVALID_SENML,
    /** An event whose type is not in the table. */
    UNKNOWN_EVENT,
    /** A value by which sensors say that they have none: 0, -1, 255, null. */
    NO_READING,
    /** A number that cannot be a measurement. */
    IMPLAUSIBLE,
    /** A unit that the signal does not have. */
    WRONG_UNIT,
    /** Readings from too far ahead or too long ago. */
    IMPOSSIBLE_TIME,
    /** A time that cannot be read. */
    UNREADABLE_TIME,
    /** A field that we do not know. */
    UNKNOWN_FIELD,
    /** More telemetry than one device may send. */
    OVER_QUOTA,
    /** A packet above the size limit. */
    TOO_LARGE,
    /** Bytes that are not MQTT. */
    MALFORMED_PACKET,
    /** A packet that MQTT does not allow there. */
    PROTOCOL_ERROR,
    /** A topic that is not the device's. */
    OTHERS_TOPIC,
    /** A relay or a vendor account named a device that is not on its list. */
    UNLISTED,
    /** An alarm of a device that is not on the list of who spoke for it: it was shown, and not stored. */
    UNLISTED_ALARM,
    /** A device that was blocked or retired came with its right key, or somebody spoke for it. */
    BLOCKED,
    /** No complete CONNECT in time. */
    CONNECT_TIMEOUT,
    /** TLS could not be agreed on: no common version, or a certificate that is not believed. */
    TLS_HANDSHAKE,
    WRONG_KEY,
    /** Somebody came to claim a device that has its own key. */
    CLAIMED_ALREADY,
    UNKNOWN_DEVICE,
    /** Too many wrong keys from one address. */
    TOO_MANY_ATTEMPTS,
    /** Two devices use one id: their connections take over from each other. Nothing of either is refused. */
    CLONE,
    /** An entry of the log that the reading store could not store. */
    NOT_STORED;

    /** {@code over-quota} for {@link #OVER_QUOTA}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
