package org.anban.gateway.block;

import java.time.Instant;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.jspecify.annotations.Nullable;

/** Goes through the readings of a block, in the order in which they were added. */
public final class BlockReader {
    private static final int SIGNALS = Signal.values().length;

    private final byte[] bytes;
    private int position;
    private long at;
    private long mask;
    private double[] numbers = {};
    private @Nullable Instant receivedAt;
    private @Nullable Instant deviceAt;

    /** @param hour the start of the block's hour */
    public BlockReader(Instant hour, byte[] block) {
        bytes = block;
        at = BlockWriter.micros(hour);
    }

    /**
     * Goes to the next reading; false if there is none.
     *
     * @throws IllegalArgumentException if the block is damaged
     */
    public boolean next() {
        if (position == bytes.length) {
            return false;
        }
        long head = varint();
        int flags = 0;
        if (head != 0) {
            flags = (int) (head - 1) & (1 << BlockWriter.FLAGS) - 1;
            mask = head - 1 >>> BlockWriter.FLAGS;
        }
        if (mask >>> SIGNALS != 0) {
            throw new IllegalArgumentException("a block of readings names a signal that is not known");
        }
        at += time();
        receivedAt = (flags & BlockWriter.RECEIVED) == 0 ? null : instant(at + time());
        deviceAt = (flags & BlockWriter.DEVICE) == 0 ? null : instant(at + time());
        numbers = new double[Long.bitCount(mask)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number();
        }
        return true;
    }

    /** When it was measured. */
    public Instant at() {
        return instant(at);
    }

    /** What was measured. */
    public SignalValues values() {
        return SignalValues.ofMask(mask, numbers);
    }

    /** The number of one signal; NaN if it was not measured. */
    public double value(Signal signal) {
        long bit = 1L << signal.ordinal();
        return (mask & bit) == 0 ? Double.NaN : numbers[Long.bitCount(mask & (bit - 1))];
    }

    /** When we received it, where that was more than a minute after it was measured. */
    public @Nullable Instant receivedAt() {
        return receivedAt;
    }

    /** What the device's clock said, where it was not believed. */
    public @Nullable Instant deviceAt() {
        return deviceAt;
    }

    private long time() {
        long head = varint();
        long difference = unzigzag(head >>> 2);
        return switch ((int) head & 3) {
            case BlockWriter.SECONDS -> difference * 1_000_000;
            case BlockWriter.MILLIS -> difference * 1_000;
            default -> difference;
        };
    }

    private double number() {
        long head = varint();
        int power = (int) head & 7;
        if (power != BlockWriter.RAW) {
            return unzigzag(head >>> 3) / BlockWriter.POWERS[power];
        }
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << 8 | octet();
        }
        return Double.longBitsToDouble(bits);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number in a block of readings is too long");
    }

    private int octet() {
        if (position == bytes.length) {
            throw new IllegalArgumentException("a block of readings ends too early");
        }
        return bytes[position++] & 0xFF;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
