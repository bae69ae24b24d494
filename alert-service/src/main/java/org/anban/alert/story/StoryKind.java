package org.anban.alert.story;

/** What an entry of a story tells. */
public enum StoryKind {
    OPENED,
    JOINED,
    /** Old news that arrived after the incident had been closed. */
    LATE,
    /** Silence confirmed a suspicion. */
    CONFIRMED,
    /** The wearer cancelled, and that ended it. */
    CANCELLED,
    /** The wearer cancelled, and that ended nothing. */
    CANCEL_TOLD,
    REMARK,
    LABELLED,
    STEP,
    /** A telephone that a critical incident was to ring could not be rung. */
    NOTICE_FAILED,
    STALE,
    SEEN,
    TAKEN,
    TAKEN_OVER,
    CALL,
    NOTE,
    DISPATCH,
    CLOSED
}
