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
    NOT_EVALUATED,
    /** A device falls silent and is heard again, over and over. */
    DEVICE_FLAPPING,
    /** A device still speaks, but has stopped to measure something. */
    SIGNAL_SILENT,
    /** Many devices of one street fell silent at once: power, network. */
    AREA_OUTAGE,
    /** Many devices of one model or one mobile network fell silent at once. */
    VENDOR_OUTAGE,
    /** The devices behind one relay fell silent at once. */
    RELAY_OUTAGE,
    /** Most of all devices fell silent at once, although we listen: our own front door first. */
    INTAKE_OUTAGE,
    /** Two devices answer to one id. */
    DEVICE_CLONED
}
