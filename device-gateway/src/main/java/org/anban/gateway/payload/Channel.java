package org.anban.gateway.payload;

import org.anban.gateway.clock.TimeRules;

/** One kind of message: whether an alarm may be in it, and who reads it. Two are the same only if they are one object. */
public interface Channel {
    /** Whether its payload must be read before anything may be refused. */
    boolean mayHoldAlarm();

    /** A reader for one thread. */
    Decoder decoder(TimeRules rules);
}
