package org.anban.gateway.packet;

import org.anban.gateway.codec.Flaw;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/** Why a connection is ended by us: MQTT 5's reason code, and what it is counted as, if it is. */
public enum Fault {
    MALFORMED(0x81, Reason.MALFORMED_PACKET),
    /** TLS could not be agreed on; the device cannot be told in MQTT. */
    TLS(0x81, Reason.TLS_HANDSHAKE),
    PROTOCOL_ERROR(0x82, Reason.PROTOCOL_ERROR),
    NOT_AUTHORISED(0x87, null),
    OTHERS_TOPIC(0x87, Reason.OTHERS_TOPIC),
    NOT_WRITABLE(0x88, null),
    BUSY(0x89, null),
    SHUTTING_DOWN(0x8B, null),
    AUTHENTICATION_METHOD(0x8C, Reason.PROTOCOL_ERROR),
    KEEP_ALIVE(0x8D, null),
    TAKEN_OVER(0x8E, null),
    TOO_MANY_IN_FLIGHT(0x93, Reason.PROTOCOL_ERROR),
    TOPIC_ALIAS(0x94, Reason.PROTOCOL_ERROR),
    TOO_LARGE(0x95, Reason.TOO_LARGE),
    BLOCKED(0x98, Reason.BLOCKED);

    private final int code;
    private final @Nullable Reason counted;

    Fault(int code, @Nullable Reason counted) {
        this.code = code;
        this.counted = counted;
    }

    public static Fault of(Flaw flaw) {
        return switch (flaw) {
            case MALFORMED, VERSION -> MALFORMED;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
            case TOO_LARGE -> TOO_LARGE;
        };
    }

    /** Whether the connection ends for reasons of ours, which say nothing of the device. */
    public boolean isOurs() {
        return this == SHUTTING_DOWN || this == NOT_WRITABLE || this == BUSY;
    }

    public byte code() {
        return (byte) code;
    }

    public @Nullable Reason counted() {
        return counted;
    }
}
