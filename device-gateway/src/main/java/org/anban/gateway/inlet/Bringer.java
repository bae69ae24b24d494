package org.anban.gateway.inlet;

/** Who handed a message in and waits for what becomes of it. */
@FunctionalInterface
public interface Bringer {
    /**
     * Called exactly once for each time that it was handed in, on a thread that must not be blocked: the inlet's event
     * loop, or the bringer's own if the message is not let in.
     */
    void answered(Answer answer);

    /** Whether the message is sent again if it is lost. */
    default boolean comesBack() {
        return true;
    }

    /**
     * On the event loop, before it is judged: whether telemetry may be taken of it. Not if earlier telemetry of the same
     * bringer was told to come again and has not been judged since: it would be overtaken. Alarms are taken all the same.
     */
    default boolean isInTurn() {
        return true;
    }
}
