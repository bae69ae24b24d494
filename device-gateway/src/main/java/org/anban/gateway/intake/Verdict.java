package org.anban.gateway.intake;

/** What becomes of a message. */
public enum Verdict {
    /** On its way into the log; the sender will be told. */
    TAKEN,
    /** Understood, and there was nothing in it to log. */
    NOTHING,
    /** Telemetry, when the sender said that it has no room for any; nothing was done with it. */
    NO_ROOM,
    /** Nothing of it can be used; it must not come back. */
    UNUSABLE,
    /** Only about devices that are not on the sender's list; it must not come back. */
    UNLISTED,
    /** An alarm of somebody who is not on the sender's list as it is known; nothing was done: ask the register, and judge again. */
    UNSURE,
    /** More telemetry than one device may send; dropped. */
    OVER_QUOTA
}
