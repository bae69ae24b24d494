package org.anban.contracts.subject;

/** Where a resident is, as far as rules must know. A dwelling or a facility is always {@link #HOME}. */
public enum SubjectStatus {
    HOME,
    AWAY,
    HOSPITAL,
    MOVED_OUT,
    DECEASED
}
