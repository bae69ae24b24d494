package org.anban.contracts.event;

import java.util.Optional;

/**
 * Everything that is measured, with its unit (SenML registry, RFC 8428 section 12.1, where it has one) and the range
 * outside which a number is no measurement. The order is part of the log's format: append, never reorder.
 */
public enum Signal {
    HEART_RATE("heartRate", "beat/min", 15, 300),
    SPO2("spo2", "%", 30, 100),
    RESPIRATION_RATE("respirationRate", "1/min", 1, 80),
    BODY_TEMPERATURE("bodyTemperature", "Cel", 25, 45),
    SYSTOLIC("systolic", "mm[Hg]", 40, 300),
    DIASTOLIC("diastolic", "mm[Hg]", 20, 200),
    STEPS("steps", "1", 0, 200_000),
    BATTERY("battery", "%EL", 0, 100),
    IN_BED("inBed", "", 0, 1),
    WORN("worn", "", 0, 1),
    MOTION("motion", "", 0, 1),
    SIGNAL_QUALITY("signalQuality", "%", 0, 100),
    ROOM_TEMPERATURE("roomTemperature", "Cel", -40, 70),
    HUMIDITY("humidity", "%RH", 0, 100),
    LATITUDE("lat", "lat", -90, 90),
    LONGITUDE("lon", "lon", -180, 180);

    private final String wireName;
    private final String unit;
    private final double lowest;
    private final double highest;

    Signal(String wireName, String unit, double lowest, double highest) {
        this.wireName = wireName;
        this.unit = unit;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** The name on the wire and in the API. */
    public String wireName() {
        return wireName;
    }

    /** The unit of every stored value; empty for yes (1) or no (0). */
    public String unit() {
        return unit;
    }

    public boolean isFlag() {
        return unit.isEmpty();
    }

    /** Whether a number can be a measurement at all; NaN never is. */
    public boolean plausible(double value) {
        return value >= lowest && value <= highest;
    }

    public static Optional<Signal> ofWireName(String name) {
        for (Signal signal : values()) {
            if (signal.wireName.equals(name)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }
}
