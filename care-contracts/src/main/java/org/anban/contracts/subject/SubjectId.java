package org.anban.contracts.subject;

import java.util.Locale;
import org.anban.contracts.error.CareException;

/**
 * Whom or what an event is about: the key of the log, of the rules' state and of an incident.
 *
 * @param key the owner's id of it; for {@link Kind#UNBOUND} the device's id
 */
public record SubjectId(Kind kind, String key) {
    /** The families of subjects. */
    public enum Kind {
        RESIDENT,
        DWELLING,
        FACILITY,
        /** A device that is bound to nobody; its alarms still open incidents. */
        UNBOUND,
        /** A street, by the path of its area: where many devices fall silent at once. */
        AREA,
        /** Every device of one model. */
        MODEL,
        /** Every device with a SIM of one mobile network. */
        CARRIER,
        /** Every device that speaks through one relay or vendor account. */
        RELAY,
        /** Every device there is, as seen from our own front door. */
        INTAKE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SubjectId {
        if (key.isEmpty() || key.length() > 80 || key.indexOf(':') >= 0) {
            throw CareException.invalid("subject: its key has 1 to 80 characters and no colon");
        }
    }

    public static SubjectId resident(String key) {
        return new SubjectId(Kind.RESIDENT, key);
    }

    public static SubjectId dwelling(String key) {
        return new SubjectId(Kind.DWELLING, key);
    }

    public static SubjectId unbound(String deviceId) {
        return new SubjectId(Kind.UNBOUND, deviceId);
    }

    /** Whether it stands for many devices at once, rather than for whoever a device speaks for. */
    public boolean isGroup() {
        return kind.compareTo(Kind.UNBOUND) > 0;
    }

    /** Reads the form that {@link #toString} writes, {@code resident:r-017}. */
    public static SubjectId parse(String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            for (Kind kind : Kind.values()) {
                if (kind.word().equals(text.substring(0, colon))) {
                    return new SubjectId(kind, text.substring(colon + 1));
                }
            }
        }
        throw CareException.invalid("subject: expected resident:…, dwelling:…, facility:… or another kind");
    }

    @Override
    public String toString() {
        return kind.word() + ":" + key;
    }
}
