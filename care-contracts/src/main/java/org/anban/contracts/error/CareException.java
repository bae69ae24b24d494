package org.anban.contracts.error;

import org.jspecify.annotations.Nullable;

/**
 * The one family of expected failures. It is mapped once to HTTP (problem+json) and once to MQTT reason codes; whatever
 * is thrown besides it is a defect.
 */
public final class CareException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, whoever asks. */
    public enum Kind {
        /** The thing named does not exist, or the caller may not know that it does. */
        NOT_FOUND,
        /** The input is not acceptable; the message names the field. */
        INVALID,
        /** The thing changed since the caller looked at it, or the move is not allowed from its state. */
        CONFLICT,
        /** The caller is known and may not do this. */
        FORBIDDEN,
        /** The caller is not known. */
        UNAUTHENTICATED,
        /** Too many attempts; try again later. */
        LIMITED,
        /** We cannot do it now; trying again later may work. */
        UNAVAILABLE
    }

    private final Kind kind;

    private CareException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public static CareException of(Kind kind, String message) {
        return new CareException(kind, message, null);
    }

    public static CareException notFound(String message) {
        return of(Kind.NOT_FOUND, message);
    }

    public static CareException invalid(String message) {
        return of(Kind.INVALID, message);
    }

    public static CareException conflict(String message) {
        return of(Kind.CONFLICT, message);
    }

    public static CareException forbidden(String message) {
        return of(Kind.FORBIDDEN, message);
    }

    public static CareException unavailable(String message, @Nullable Throwable cause) {
        return new CareException(Kind.UNAVAILABLE, message, cause);
    }
}
