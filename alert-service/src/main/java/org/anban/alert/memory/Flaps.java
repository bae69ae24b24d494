package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The last silences of a device, to know one that comes and goes. All instants are milliseconds. */
public final class Flaps {
    /** The most that can be counted. */
    public static final int MOST = 8;

    private final long[] began = new long[MOST];
    private int size;
    private long restUntil;

    Flaps() {}

    /** Counts a silence; whether it makes so many within the span. */
    public boolean add(long at, int many, long span) {
        if (size == MOST) {
            System.arraycopy(began, 1, began, 0, MOST - 1);
            size--;
        }
        began[size++] = at;
        return size >= many && at - began[size - many] <= span;
    }

    /** It was said that the device comes and goes; until then no more is said of that. */
    public void rest(long until) {
        restUntil = until;
        size = 0;
    }

    public boolean resting(long now) {
        return now < restUntil;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(began[i]);
        }
        out.writeLong(restUntil);
    }

    static Flaps read(DataInputStream in) throws IOException {
        Flaps flaps = new Flaps();
        flaps.size = in.readUnsignedByte();
        if (flaps.size > MOST) {
            throw new IOException("more silences than are kept");
        }
        for (int i = 0; i < flaps.size; i++) {
            flaps.began[i] = in.readLong();
        }
        flaps.restUntil = in.readLong();
        return flaps;
    }
}
