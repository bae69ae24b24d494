package org.anban.gateway.payload;

import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/** The numbers of one instant while they are collected and checked. Scratch space. */
public final class Measurements {
    private static final double BYTE_FULL = 255;

    private final SignalValues.Builder values = new SignalValues.Builder();

    public void clear() {
        values.clear();
    }

    public SignalValues build() {
        return values.build();
    }

    /** Keeps a number if it is a measurement; else says why not. */
    public void put(Signal signal, double value, Findings findings) {
        if (isNoReading(signal, value)) {
            findings.setAside(Reason.NO_READING, signal.wireName());
        } else if (!signal.plausible(value)) {
            findings.setAside(Reason.IMPLAUSIBLE, signal.wireName());
        } else {
            values.put(signal, value);
        }
    }

    /** Whatever a vendor wrote: a number, a number as text, yes or no. */
    public void putAny(Signal signal, @Nullable Object value, Findings findings) {
        if (value instanceof Number number) {
            put(signal, number.doubleValue(), findings);
        } else if (value instanceof Boolean yes) {
            putFlag(signal, yes, findings);
        } else if (value instanceof String text) {
            putText(signal, text, findings);
        } else {
            findings.setAside(value == null ? Reason.NO_READING : Reason.WRONG_TYPE, signal.wireName());
        }
    }

    /** A number as text, or yes and no as text. */
    public void putText(Signal signal, String text, Findings findings) {
        String trimmed = text.trim();
        if (trimmed.isEmpty() || trimmed.equals("null") || trimmed.equals("--")) {
            findings.setAside(Reason.NO_READING, signal.wireName());
        } else if (signal.isFlag() && (trimmed.equals("true") || trimmed.equals("false"))) {
            putFlag(signal, trimmed.equals("true"), findings);
        } else if (trimmed.length() <= 24 && looksLikeNumber(trimmed)) {
            put(signal, Double.parseDouble(trimmed), findings);
        } else {
            findings.setAside(
                    trimmed.equalsIgnoreCase("nan") ? Reason.IMPLAUSIBLE : Reason.WRONG_TYPE, signal.wireName());
        }
    }

    public void putFlag(Signal signal, boolean yes, Findings findings) {
        if (signal.isFlag()) {
            values.put(signal, yes ? 1 : 0);
        } else {
            findings.setAside(Reason.WRONG_TYPE, signal.wireName());
        }
    }

    /** Sensors say "none" with 0, -1 or a byte full of ones, where that cannot be a measurement. */
    private static boolean isNoReading(Signal signal, double value) {
        return (value == 0 || value == -1 || value == BYTE_FULL)
                && (!signal.plausible(value) || signal == Signal.HEART_RATE);
    }

    /** An optional sign, digits, at most one point: nothing that two countries read differently. */
    private static boolean looksLikeNumber(String text) {
        int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int points = 0;
        int digits = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                return false;
            }
        }
        return digits > 0 && points <= 1;
    }
}
