package org.anban.gateway.payload;

import org.anban.gateway.setaside.Reason;

/** Nothing of a payload can be used. It has no stack trace: a looping device must not cost one a message. */
public final class UnusablePayload extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public UnusablePayload(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
