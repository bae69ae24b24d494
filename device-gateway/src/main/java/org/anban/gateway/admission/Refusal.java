package org.anban.gateway.admission;

import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/** Why a CONNECT is not accepted: the return code of MQTT 3.1.1, the reason code of MQTT 5, what it is counted as. */
public enum Refusal {
    VERSION(0x01, 0x84, Reason.PROTOCOL_ERROR),
    CLIENT_ID(0x02, 0x85, Reason.PROTOCOL_ERROR),
    UNAVAILABLE(0x03, 0x88, null),
    WRONG_KEY(0x04, 0x86, Reason.WRONG_KEY),
    UNKNOWN_DEVICE(0x05, 0x87, Reason.UNKNOWN_DEVICE),
    /** Blocked or retired, and its key was right. */
    BLOCKED(0x05, 0x8A, Reason.BLOCKED),
    CLAIMED_ALREADY(0x05, 0x87, Reason.CLAIMED_ALREADY),
    CLAIM_CLOSED(0x05, 0x87, Reason.WRONG_KEY),
    CLAIM_LOCKED(0x05, 0x9F, Reason.TOO_MANY_ATTEMPTS),
    WITHOUT_KEY(0x05, 0x87, Reason.WRONG_KEY),
    OTHERS_CERTIFICATE(0x05, 0x87, Reason.WRONG_KEY),
    TOO_MANY_WRONG_KEYS(0x05, 0x9F, Reason.TOO_MANY_ATTEMPTS),
    TOO_MANY_STRANGERS(0x05, 0x9F, Reason.TOO_MANY_ATTEMPTS),
    AUTHENTICATION_METHOD(0x05, 0x8C, Reason.PROTOCOL_ERROR),
    /** A will that is not about the device itself. */
    WILL(0x05, 0x90, Reason.OTHERS_TOPIC),
    /** It takes no packet that is long enough for our answer. */
    NO_ROOM(0x05, 0x95, Reason.PROTOCOL_ERROR),
    /** Only MQTT 5 has an answer to this. */
    MALFORMED(0x05, 0x81, Reason.MALFORMED_PACKET),
    PROTOCOL(0x05, 0x82, Reason.PROTOCOL_ERROR);

    private final int code3;
    private final int code5;
    private final @Nullable Reason counted;

    Refusal(int code3, int code5, @Nullable Reason counted) {
        this.code3 = code3;
        this.code5 = code5;
        this.counted = counted;
    }

    public byte code(boolean version5) {
        return (byte) (version5 ? code5 : code3);
    }

    public @Nullable Reason counted() {
        return counted;
    }

    /** Whether it says something about a registered device; else anybody could have made up the name. */
    public boolean isOfRegistered() {
        return switch (this) {
            case WRONG_KEY, TOO_MANY_WRONG_KEYS, BLOCKED, CLAIMED_ALREADY, CLAIM_CLOSED, CLAIM_LOCKED, WILL, NO_ROOM ->
                true;
            default -> false;
        };
    }
}
