package org.anban.gateway.senml;

/** A pack that RFC 8428 forbids; the message names the label. No stack trace, for it comes from outside. */
public final class SenmlException extends Exception {
    private static final long serialVersionUID = 1L;

    SenmlException(String message) {
        super(message, null, false, false);
    }
}
