package org.anban.contracts.incident;

/** Urgency, highest first: P0 life in danger now … P4 a maintenance order. */
public enum Priority {
    P0,
    P1,
    P2,
    P3,
    P4;

    /** Rings, and climbs the whole ladder. */
    public boolean isCritical() {
        return this == P0 || this == P1;
    }

    public boolean isAbove(Priority other) {
        return ordinal() < other.ordinal();
    }

    public Priority higher(Priority other) {
        return isAbove(other) ? this : other;
    }
}
