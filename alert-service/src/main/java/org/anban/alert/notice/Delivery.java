package org.anban.alert.notice;

/**
 * What came of one attempt.
 *
 * @param detail for the log of attempts; no personal data
 */
public record Delivery(Outcome outcome, String detail) {

    /** What came of one attempt. */
    public enum Outcome {
        SENT,
        /** It was certainly not sent; another attempt may succeed. */
        NOT_SENT,
        /** It was certainly not sent, and never will be. */
        REFUSED,
        /** It may have been sent. */
        UNKNOWN
    }

    public static Delivery sent(String detail) {
        return new Delivery(Outcome.SENT, detail);
    }

    public static Delivery notSent(String detail) {
        return new Delivery(Outcome.NOT_SENT, detail);
    }

    public static Delivery refused(String detail) {
        return new Delivery(Outcome.REFUSED, detail);
    }

    public static Delivery unknown(String detail) {
        return new Delivery(Outcome.UNKNOWN, detail);
    }
}
