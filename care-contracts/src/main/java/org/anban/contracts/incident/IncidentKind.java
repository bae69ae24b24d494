package org.anban.contracts.incident;

/** What an incident is about. With the subject it is the key of the one open incident. */
public enum IncidentKind {
    SOS,
    SMOKE,
    GAS,
    CO,
    FALL,
    HEART_RATE_HIGH,
    HEART_RATE_LOW,
    SPO2_LOW,
    DEVICE_SILENT,
    /** A person opened it: an operator, a visitor, or family who cannot reach somebody. */
    CONCERN,
    /** An alarm that a rule could not evaluate. */
    NOT_EVALUATED
}
