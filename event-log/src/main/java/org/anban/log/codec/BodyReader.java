package org.anban.log.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/** Reads the primitives of a batch body. Every read is checked against what is left, so nothing can run away. */
final class BodyReader {
    private static final int CHECKSUM = Integer.BYTES;

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Checks the seal before anything is believed. */
    BodyReader(byte[] bytes) {
        if (bytes.length <= CHECKSUM) {
            throw new DamagedBatchException("a batch body of " + bytes.length + " bytes is too short");
        }
        this.bytes = bytes;
        this.end = bytes.length - CHECKSUM;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        int stated = 0;
        for (int i = end; i < bytes.length; i++) {
            stated = stated << 8 | bytes[i] & 0xFF;
        }
        if (stated != (int) checksum.getValue()) {
            throw new DamagedBatchException("a batch body does not match its checksum");
        }
    }

    int left() {
        return end - position;
    }

    int octet() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    long fixed() {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[position++] & 0xFF;
        }
        return value;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int octet = octet();
            if (shift == 63 && octet > 1) {
                break;
            }
            value |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new DamagedBatchException("a number in a batch body is too long");
    }

    long signed() {
        return unzigzag(varint());
    }

    /** An index or a count that cannot be above {@code most}. */
    int upTo(long most) {
        long value = varint();
        if (value < 0 || value > most) {
            throw new DamagedBatchException("a batch body names " + value + " where at most " + most + " can be");
        }
        return (int) value;
    }

    String text() {
        long head = varint();
        boolean narrow = (head & 1) == 0;
        long characters = head >>> 1;
        if (characters > (narrow ? left() : left() / 2)) {
            throw new DamagedBatchException("a text in a batch body is longer than the body");
        }
        int octets = (int) characters * (narrow ? 1 : 2);
        String text =
                narrow ? new String(bytes, position, octets, StandardCharsets.ISO_8859_1) : wide((int) characters);
        position += octets;
        return text;
    }

    Instant instant(Instant base) {
        long head = varint();
        long value = unzigzag(head >>> 2);
        switch ((int) head & 3) {
            case BodyWriter.MILLIS:
                return base.plusMillis(value);
            case BodyWriter.MICROS:
                return base.plusSeconds(Math.floorDiv(value, 1_000_000L))
                        .plusNanos(Math.floorMod(value, 1_000_000L) * 1_000);
            case BodyWriter.NANOS:
                return base.plusNanos(value);
            default:
                return Instant.ofEpochSecond(signed(), upTo(999_999_999));
        }
    }

    double number() {
        long head = varint();
        int power = (int) head & 7;
        if (power == BodyWriter.RAW) {
            return Double.longBitsToDouble(fixed());
        }
        return unzigzag(head >>> 3) / BodyWriter.POWERS[power];
    }

    private String wide(int characters) {
        char[] text = new char[characters];
        for (int i = 0; i < characters; i++) {
            text[i] = (char) ((bytes[position + 2 * i] & 0xFF) << 8 | bytes[position + 2 * i + 1] & 0xFF);
        }
        return new String(text);
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    private void need(int octets) {
        if (left() < octets) {
            throw new DamagedBatchException("a batch body ends too early");
        }
    }
}
