package org.anban.simulator.recording;

/** A row that is not what its layout says; the message says why. */
final class BadRow extends Exception {
    private static final long serialVersionUID = 1L;

    BadRow(String why) {
        super(why);
    }
}
