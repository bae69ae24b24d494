package org.anban.gateway.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;

/** Rows in PostgreSQL's binary COPY format (its manual, "COPY", section "Binary Format"). Used again and again. */
final class CopyBuffer {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final long EPOCH_2000_SECONDS = 946_684_800L;
    private static final Duration PROMPT = Duration.ofMinutes(1);
    private static final Signal[] SIGNALS = Signal.values();
    private static final int MOST_ROW_BYTES = 2 + Columns.COUNT * 12;
    private static final int NULL = -1;

    private byte[] bytes = new byte[64 * 1024];
    private int size;

    void begin() {
        size = 0;
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        size = SIGNATURE.length;
        putInt(0);
        putInt(0);
    }

    void add(Row row) {
        if (bytes.length - size < MOST_ROW_BYTES) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        EventTime time = row.readings().time();
        putShort(Columns.COUNT);
        putInt(4);
        putInt(row.subject());
        putInt(4);
        putInt(row.device());
        putInstant(time.at());
        putInstantIf(Duration.between(time.at(), time.receivedAt()).compareTo(PROMPT) > 0, time.receivedAt());
        if (time.clockWrong() && time.deviceAt() != null) {
            putInstant(time.deviceAt());
        } else {
            putInt(NULL);
        }
        putValues(row.readings().values());
    }

    private void putInstantIf(boolean wanted, Instant instant) {
        if (wanted) {
            putInstant(instant);
        } else {
            putInt(NULL);
        }
    }

    private void putValues(SignalValues values) {
        for (Signal signal : SIGNALS) {
            if (!values.has(signal)) {
                putInt(NULL);
            } else if (Columns.isDouble(signal)) {
                putInt(8);
                putLong(Double.doubleToRawLongBits(values.get(signal)));
            } else {
                putInt(4);
                putInt(Float.floatToRawIntBits((float) values.get(signal)));
            }
        }
    }

    void end() {
        if (bytes.length - size < 2) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        putShort(-1);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    private void putInstant(Instant instant) {
        putInt(8);
        putLong((instant.getEpochSecond() - EPOCH_2000_SECONDS) * 1_000_000L + instant.getNano() / 1_000);
    }

    private void putShort(int value) {
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    private void putInt(int value) {
        putShort(value >> 16);
        putShort(value);
    }

    private void putLong(long value) {
        putInt((int) (value >> 32));
        putInt((int) value);
    }
}
