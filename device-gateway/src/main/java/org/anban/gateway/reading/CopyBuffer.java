package org.anban.gateway.reading;

import java.util.Arrays;
import org.anban.gateway.block.BlockWriter;

/** Blocks in PostgreSQL's binary COPY format (its manual, "COPY", section "Binary Format"). Used again and again. */
final class CopyBuffer {
    static final String COLUMNS = "hour, batch, part, subject_no, device_no, readings, body";

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final long EPOCH_2000_SECONDS = 946_684_800L;
    private static final int FIELDS = 7;
    private static final int FIXED_BYTES = 2 + FIELDS * 4 + 8 + 8 + 4 + 4 + 4 + 4;

    private byte[] bytes = new byte[64 * 1024];
    private int size;

    void begin() {
        size = 0;
        put(SIGNATURE, SIGNATURE.length);
        putInt(0);
        putInt(0);
    }

    /**
     * Adds a block.
     *
     * @param batch how far the log had been read
     * @param part its place among the transactions that this took
     */
    void add(OpenBlock block, long batch, int part) {
        BlockWriter body = block.body();
        reserve(FIXED_BYTES + body.size());
        putShort(FIELDS);
        putInt(Long.BYTES);
        putLong((block.epochSecond() - EPOCH_2000_SECONDS) * 1_000_000L);
        putInt(Long.BYTES);
        putLong(batch);
        putNumber(part);
        putNumber(block.series().subject());
        putNumber(block.series().device());
        putNumber(body.count());
        putInt(body.size());
        put(body.bytes(), body.size());
    }

    void end() {
        reserve(2);
        putShort(-1);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private void put(byte[] from, int length) {
        System.arraycopy(from, 0, bytes, size, length);
        size += length;
    }

    private void putNumber(int value) {
        putInt(Integer.BYTES);
        putInt(value);
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
