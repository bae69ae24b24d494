package org.anban.log.codec;

import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes the primitives of a batch body; {@link BodyReader} is its inverse. */
final class BodyWriter {
    /** A number is written as a whole number over one of these where that is exact. */
    static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    static final int RAW = 7;
    static final int MILLIS = 0;
    static final int MICROS = 1;
    static final int NANOS = 2;
    static final int WIDE = 3;

    private static final double EXACT_LIMIT = 1L << 53;
    /** Within this many seconds a difference in nanoseconds leaves three bits free in a long. */
    private static final long NEAR_SECONDS = 1_000_000_000;

    private byte[] bytes;
    private int length;

    BodyWriter(int sizeHint) {
        bytes = new byte[Math.max(64, sizeHint)];
    }

    void octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void fixed(long value) {
        reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** Seven bits an octet, the lowest first; the value is taken as unsigned. */
    void varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void signed(long value) {
        varint(zigzag(value));
    }

    /** One octet a character where all are Latin-1, else two: exact for every Java string. */
    void text(String text) {
        boolean narrow = isNarrow(text);
        varint((long) text.length() << 1 | (narrow ? 0 : 1));
        reserve(text.length() * 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!narrow) {
                bytes[length++] = (byte) (c >>> 8);
            }
            bytes[length++] = (byte) c;
        }
    }

    /** The exact instant, to the nanosecond: short if it is near the base, shorter if it is a whole milli- or microsecond off. */
    void instant(Instant base, Instant value) {
        long seconds = value.getEpochSecond() - base.getEpochSecond();
        if (seconds < -NEAR_SECONDS || seconds > NEAR_SECONDS) {
            varint(WIDE);
            signed(value.getEpochSecond());
            varint(value.getNano());
            return;
        }
        long nanos = seconds * 1_000_000_000 + (value.getNano() - base.getNano());
        if (nanos % 1_000_000 == 0) {
            varint(zigzag(nanos / 1_000_000) << 2 | MILLIS);
        } else if (nanos % 1_000 == 0) {
            varint(zigzag(nanos / 1_000) << 2 | MICROS);
        } else {
            varint(zigzag(nanos) << 2 | NANOS);
        }
    }

    /** The exact number: a short decimal where dividing gives the same bits again, else all eight octets. */
    void number(double value) {
        for (int power = 0; power < POWERS.length; power++) {
            double scaled = Math.rint(value * POWERS[power]);
            if (!(Math.abs(scaled) < EXACT_LIMIT)) {
                break;
            }
            long whole = (long) scaled;
            if (Double.doubleToRawLongBits(whole / POWERS[power]) == Double.doubleToRawLongBits(value)) {
                varint(zigzag(whole) << 3 | power);
                return;
            }
        }
        varint(RAW);
        fixed(Double.doubleToRawLongBits(value));
    }

    /** What was written, sealed with its checksum. */
    byte[] seal() {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        int sum = (int) checksum.getValue();
        for (int shift = 24; shift >= 0; shift -= 8) {
            octet(sum >>> shift);
        }
        return Arrays.copyOf(bytes, length);
    }

    private static boolean isNarrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
