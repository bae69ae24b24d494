package org.anban.contracts.event;

import java.util.Locale;
import java.util.Optional;

/** What a device can report besides numbers. The order is part of the log's format: append, never reorder. */
public enum ReportKind {
    SOS(Lane.ALARM),
    FALL(Lane.ALARM),
    FALL_CANCELLED(Lane.ALARM),
    SMOKE(Lane.ALARM),
    GAS(Lane.ALARM),
    CO(Lane.ALARM),
    BED_EXIT(Lane.TELEMETRY),
    BED_ENTRY(Lane.TELEMETRY),
    TAKEN_OFF(Lane.TELEMETRY),
    WORN(Lane.TELEMETRY),
    DOOR_OPENED(Lane.TELEMETRY),
    DOOR_CLOSED(Lane.TELEMETRY),
    WATER_LEAK(Lane.TELEMETRY),
    LOW_BATTERY(Lane.TELEMETRY),
    TAMPER(Lane.TELEMETRY),
    MAINS_LOST(Lane.TELEMETRY),
    MAINS_BACK(Lane.TELEMETRY),
    TEST(Lane.TELEMETRY),
    /** Told by the gateway and by no device: a connection with a will ended without a goodbye. No sign of life. */
    CONNECTION_LOST(Lane.TELEMETRY),
    /** Told by the gateway and by no device: two devices use one id. */
    CLONED(Lane.TELEMETRY);

    private final Lane lane;

    ReportKind(Lane lane) {
        this.lane = lane;
    }

    public Lane lane() {
        return lane;
    }

    /** Whether the device said it, which it can only do while it works. */
    public boolean isSignOfLife() {
        return this != CONNECTION_LOST && this != CLONED;
    }

    /** {@code fall-cancelled} for {@link #FALL_CANCELLED}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ReportKind> ofWireName(String name) {
        for (ReportKind kind : values()) {
            if (kind.wireName().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
