package org.anban.contracts.event;

/** The two lanes of the log, so that an SOS never waits behind telemetry. */
public enum Lane {
    ALARM,
    TELEMETRY
}
