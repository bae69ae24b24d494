package org.anban.gateway.inlet;

import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message.
 *
 * @param reason why it was set aside; null for every other kind
 */
public record Answer(Kind kind, @Nullable Reason reason) {
    /** What its bringer does now. */
    public enum Kind {
        /** Durable, or understood and empty: say so to whoever sent it. */
        COMMITTED,
        /** Nothing of it can be used; it was counted. It must not come back: say that too. */
        SET_ASIDE,
        /** Nothing was done: the log is another process's, or we are closing. Let it come back, there or later. */
        REFUSED,
        /** Nothing was done: too much waits already. Bring it again in a moment, and slow down. */
        BUSY
    }

    static final Answer COMMITTED = new Answer(Kind.COMMITTED, null);
    static final Answer REFUSED = new Answer(Kind.REFUSED, null);
    static final Answer BUSY = new Answer(Kind.BUSY, null);

    static Answer setAside(Reason reason) {
        return new Answer(Kind.SET_ASIDE, reason);
    }
}
