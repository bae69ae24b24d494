package org.anban.gateway.block;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.SignalValues;

/**
 * Packs readings, in the order in which they are added. Times are kept to the microsecond, numbers to the bit.
 *
 * <pre>
 * block   = reading*
 * reading = head:varint at [receivedAt] [deviceAt] number*
 * head    = 0 if it has the signals of the reading before and only the one time; else 1 + (mask of signals &lt;&lt; 2
 *           | receivedAt follows &lt;&lt; 1 | deviceAt follows)
 * time    = varint: difference (zigzag) &lt;&lt; 2 | unit (0 seconds, 1 milliseconds, 2 microseconds); {@code at} from the
 *           one before, first from the hour; the others from {@code at}
 * number  = varint: whole (zigzag) &lt;&lt; 3 | n, for whole / 10^n; or 7 and the eight octets of a double
 * </pre>
 */
public final class BlockWriter {
    static final int SECONDS = 0;
    static final int MILLIS = 1;
    static final int MICROS = 2;
    static final int RECEIVED = 2;
    static final int DEVICE = 1;
    static final int FLAGS = 2;
    static final int RAW = 7;
    static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private static final Duration PROMPT = Duration.ofMinutes(1);
    private static final double EXACT_LIMIT = 1L << 53;
    private static final int LONGEST_NUMBER = 10;
    private static final int FIRST_BYTES = 64;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private int count;
    private long before;
    private long mask;

    /** @param hour the start of the hour to which all readings belong */
    public BlockWriter(Instant hour) {
        before = micros(hour);
    }

    /** Adds one; when we received it is kept only where that was more than a minute later. */
    public void add(Readings readings) {
        EventTime time = readings.time();
        SignalValues values = readings.values();
        boolean received = Duration.between(time.at(), time.receivedAt()).compareTo(PROMPT) > 0;
        Instant device = time.clockWrong() ? time.deviceAt() : null;
        int flags = (received ? RECEIVED : 0) | (device == null ? 0 : DEVICE);
        boolean same = count > 0 && flags == 0 && values.mask() == mask;
        reserve((5 + Long.bitCount(values.mask())) * LONGEST_NUMBER);
        varint(same ? 0 : 1 + (values.mask() << FLAGS | flags));
        long at = micros(time.at());
        time(at - before);
        if (received) {
            time(micros(time.receivedAt()) - at);
        }
        if (device != null) {
            time(micros(device) - at);
        }
        values.forEach((signal, value) -> number(value));
        before = at;
        mask = values.mask();
        count++;
    }

    /** How many readings it has. */
    public int count() {
        return count;
    }

    /** The block, in the first {@link #size} bytes. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    private void time(long micros) {
        if (micros % 1_000_000 == 0) {
            varint(zigzag(micros / 1_000_000) << 2 | SECONDS);
        } else if (micros % 1_000 == 0) {
            varint(zigzag(micros / 1_000) << 2 | MILLIS);
        } else {
            varint(zigzag(micros) << 2 | MICROS);
        }
    }

    private void number(double value) {
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
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (bits >>> shift);
        }
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }
}
