package org.anban.alert.rule;

import java.util.Locale;
import org.anban.contracts.event.Signal;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.VitalLimits;

/** One side of one vital sign, with its two bands (domain notes 6.2 and 6.5). */
enum Vital {
    HEART_RATE_HIGH(Signal.HEART_RATE, IncidentKind.HEART_RATE_HIGH, "Heart rate", true) {
        @Override
        double limit(VitalLimits limits, int band) {
            return band == ALARM ? limits.heartRateHigh() : limits.heartRateWatchHigh();
        }
    },
    HEART_RATE_LOW(Signal.HEART_RATE, IncidentKind.HEART_RATE_LOW, "Heart rate", false) {
        @Override
        double limit(VitalLimits limits, int band) {
            return band == ALARM ? limits.heartRateLow() : limits.heartRateWatchLow();
        }
    },
    SPO2_LOW(Signal.SPO2, IncidentKind.SPO2_LOW, "Oxygen saturation", false) {
        @Override
        double limit(VitalLimits limits, int band) {
            return band == ALARM ? limits.spo2Low() : limits.spo2WatchLow();
        }
    };

    static final int WITHIN = 0;
    static final int WATCH = 1;
    static final int ALARM = 2;

    private final Signal signal;
    private final IncidentKind kind;
    private final String words;
    private final boolean high;

    Vital(Signal signal, IncidentKind kind, String words, boolean high) {
        this.signal = signal;
        this.kind = kind;
        this.words = words;
        this.high = high;
    }

    abstract double limit(VitalLimits limits, int band);

    Signal signal() {
        return signal;
    }

    IncidentKind kind() {
        return kind;
    }

    /** How far out a value is: {@link #WITHIN}, {@link #WATCH} or {@link #ALARM}. */
    int band(double value, VitalLimits limits) {
        if (high) {
            return value > limit(limits, ALARM) ? ALARM : value > limit(limits, WATCH) ? WATCH : WITHIN;
        }
        return value < limit(limits, ALARM) ? ALARM : value < limit(limits, WATCH) ? WATCH : WITHIN;
    }

    static Priority priority(int band) {
        return band == ALARM ? Priority.P2 : Priority.P3;
    }

    /** {@code Heart rate 124 beat/min, above 115}. */
    String words(double value, VitalLimits limits, int band) {
        return "%s %.0f %s, %s the resident's limit of %.0f"
                .formatted(words, value, signal.unit(), high ? "above" : "below", limit(limits, band));
    }

    /** {@code heart_rate_high}. */
    String ruleName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
