package org.anban.gateway.codec;

/** Ends the reading of a packet. Without a stack trace: whoever sends bad packets can send many. */
final class FlawedPacket extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Flaw flaw;

    private FlawedPacket(Flaw flaw, String detail) {
        super(detail, null, false, false);
        this.flaw = flaw;
    }

    static FlawedPacket malformed(String detail) {
        return new FlawedPacket(Flaw.MALFORMED, detail);
    }

    static FlawedPacket protocol(String detail) {
        return new FlawedPacket(Flaw.PROTOCOL_ERROR, detail);
    }

    static FlawedPacket version(String detail) {
        return new FlawedPacket(Flaw.VERSION, detail);
    }

    Flaw flaw() {
        return flaw;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
