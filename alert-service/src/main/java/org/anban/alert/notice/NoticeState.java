package org.anban.alert.notice;

import java.util.Locale;

/** How far a notice has come. */
public enum NoticeState {
    READY,
    SENDING,
    SENT,
    /** It is not known to have been sent, and is not tried again. */
    FAILED,
    /** It may have been sent: whoever sent it died, or the provider did not answer in time. */
    UNKNOWN,
    /** What it would have told was over before it was sent. */
    WITHDRAWN;

    /** Whether a receipt decides what became of it; while it is being sent, the end of that attempt does. */
    boolean awaitsReceipt() {
        return this == READY || this == SENT || this == UNKNOWN;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static NoticeState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
