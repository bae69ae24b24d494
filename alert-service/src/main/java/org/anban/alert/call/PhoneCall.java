package org.anban.alert.call;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call that a person made.
 *
 * @param by who called
 * @param contactId which contact, if it was one that is in the file
 */
public record PhoneCall(Party to, @Nullable String contactId, String number, Outcome outcome, String text, By by) {

    /** Who was called. */
    public enum Party {
        RESIDENT,
        CONTACT,
        OTHER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came of it. */
    public enum Outcome {
        SPOKE,
        NO_ANSWER,
        SILENT,
        WRONG_NUMBER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who made it and when. */
    public record By(String personId, String name, Instant at) {}

    public boolean reached(Party party) {
        return to == party && outcome == Outcome.SPOKE;
    }
}
