package org.anban.contracts.event;

import java.util.Arrays;
import java.util.Map;

/**
 * What one message measured at one instant: at most one number a signal, in the signal's unit. Immutable and small,
 * for it is made for every message.
 */
public final class SignalValues {
    private static final Signal[] SIGNALS = Signal.values();

    private final long present;
    private final double[] values;

    private SignalValues(long present, double[] values) {
        this.present = present;
        this.values = values;
    }

    public static SignalValues of(Map<Signal, Double> measured) {
        Builder builder = new Builder();
        measured.forEach(builder::put);
        return builder.build();
    }

    public boolean isEmpty() {
        return present == 0;
    }

    public boolean has(Signal signal) {
        return (present & (1L << signal.ordinal())) != 0;
    }

    /** The number measured, or NaN if the signal is absent. */
    public double get(Signal signal) {
        long bit = 1L << signal.ordinal();
        return (present & bit) == 0 ? Double.NaN : values[Long.bitCount(present & (bit - 1))];
    }

    /** Bit n is set where signal n (by ordinal) is present. */
    public long mask() {
        return present;
    }

    /** The numbers in the order of the signals. */
    public double[] toArray() {
        return values.clone();
    }

    /**
     * The inverse of {@link #mask} and {@link #toArray}.
     *
     * @throws IllegalArgumentException if the two do not fit or name a signal that is not known
     */
    public static SignalValues ofMask(long mask, double[] numbers) {
        if (Long.bitCount(mask) != numbers.length || mask >>> SIGNALS.length != 0) {
            throw new IllegalArgumentException("mask and numbers do not fit");
        }
        return new SignalValues(mask, numbers.clone());
    }

    public void forEach(Each each) {
        int i = 0;
        for (long rest = present; rest != 0; rest &= rest - 1) {
            each.accept(SIGNALS[Long.numberOfTrailingZeros(rest)], values[i++]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignalValues that && present == that.present && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(present) * 31 + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((signal, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(signal.wireName())
                .append('=')
                .append(value));
        return text.append('}').toString();
    }

    /** Receives each signal with its number. */
    @FunctionalInterface
    public interface Each {
        void accept(Signal signal, double value);
    }

    /** Collects numbers; the last one put for a signal stays. */
    public static final class Builder {
        private final double[] all = new double[SIGNALS.length];
        private long present;

        public Builder put(Signal signal, double value) {
            all[signal.ordinal()] = value;
            present |= 1L << signal.ordinal();
            return this;
        }

        public boolean isEmpty() {
            return present == 0;
        }

        /** Forgets everything, so that one builder serves many messages. */
        public Builder clear() {
            present = 0;
            return this;
        }

        public SignalValues build() {
            double[] values = new double[Long.bitCount(present)];
            int i = 0;
            for (long rest = present; rest != 0; rest &= rest - 1) {
                values[i++] = all[Long.numberOfTrailingZeros(rest)];
            }
            return new SignalValues(present, values);
        }
    }
}
