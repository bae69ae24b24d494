package org.anban.alert.deadline;

/** What is due. */
public enum DeadlineKind {
    /** Silence confirms a suspicion. */
    CONFIRM,
    /** The next step of the ladder. */
    STEP,
    /** A person took it and has recorded nothing since. */
    STALE
}
