package org.anban.alert.signal;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Turns signals into incidents, deadlines and notices, in the detector's own transaction. */
public interface SignalSink {
    /**
     * Applies signals in their order.
     *
     * @param transaction the transaction in which the detector's position moves
     * @param now the wall clock, for deadlines
     */
    void apply(Handle transaction, List<AlertSignal> signals, Instant now);

    /** Called after the commit: wakes the escalator, the dispatcher and the consoles. */
    void committed();
}
