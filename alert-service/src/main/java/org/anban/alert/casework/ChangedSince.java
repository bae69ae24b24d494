package org.anban.alert.casework;

import org.anban.alert.incident.Incident;

/** An act that does not fit how the incident stands now; it had no effect. */
public final class ChangedSince extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Incident current;

    ChangedSince(String message, Incident current) {
        super(message);
        this.current = current;
    }

    /** How it stands now. */
    public Incident current() {
        return current;
    }
}
