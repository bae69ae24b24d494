package org.anban.gateway.payload;

import org.anban.contracts.event.Signal;
import org.jspecify.annotations.Nullable;

/** From SenML's units (RFC 8428 section 12.1, RFC 8798) to the unit in which a signal is kept. */
final class SenmlUnits {
    private static final double PASCAL_PER_MM_HG = 133.322;
    private static final double KELVIN_AT_ZERO_CELSIUS = 273.15;

    private SenmlUnits() {}

    /** By name; a position and a battery's charge also by their units, which nothing else has. */
    static @Nullable Signal signalOf(String name, String unit) {
        return switch (unit) {
            case "lat" -> Signal.LATITUDE;
            case "lon" -> Signal.LONGITUDE;
            case "%EL" -> Signal.BATTERY;
            default -> Signal.ofWireName(name).orElse(null);
        };
    }

    /** The number in the signal's own unit, which is also meant where none is given; NaN if the unit does not fit. */
    static double convert(Signal signal, String unit, double number) {
        if (unit.isEmpty() || unit.equals(signal.unit())) {
            return number;
        }
        return switch (signal) {
            case HEART_RATE, RESPIRATION_RATE -> frequency(unit, number);
            case BODY_TEMPERATURE, ROOM_TEMPERATURE -> unit.equals("K") ? number - KELVIN_AT_ZERO_CELSIUS : Double.NaN;
            case SYSTOLIC, DIASTOLIC -> pressure(unit, number);
            case SPO2, BATTERY, HUMIDITY, SIGNAL_QUALITY -> share(unit, number);
            case STEPS -> unit.equals("count") || unit.equals("/") ? number : Double.NaN;
            case IN_BED, WORN, MOTION -> unit.equals("/") || unit.equals("1") ? number : Double.NaN;
            case LATITUDE, LONGITUDE -> unit.equals("deg") ? number : Double.NaN;
        };
    }

    private static double frequency(String unit, double number) {
        return switch (unit) {
            case "beat/min", "1/min" -> number;
            case "Hz", "1/s" -> number * 60;
            default -> Double.NaN;
        };
    }

    private static double pressure(String unit, double number) {
        return switch (unit) {
            case "Pa" -> number / PASCAL_PER_MM_HG;
            case "hPa" -> number * 100 / PASCAL_PER_MM_HG;
            case "kPa" -> number * 1000 / PASCAL_PER_MM_HG;
            default -> Double.NaN;
        };
    }

    private static double share(String unit, double number) {
        return switch (unit) {
            case "%" -> number;
            case "/" -> number * 100;
            default -> Double.NaN;
        };
    }
}
