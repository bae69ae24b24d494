package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The newest readings of one vital sign from one device, by the time they were measured, and the episode they are in.
 * Instants are milliseconds.
 */
public final class VitalTrack {
    private final long[] at;
    private final double[] values;
    private int size;
    private int level;
    private int endedLevel;
    private long restUntil;

    VitalTrack(int capacity) {
        at = new long[capacity];
        values = new double[capacity];
    }

    public int capacity() {
        return at.length;
    }

    /**
     * Puts a reading in its place, also one that was overtaken by others.
     *
     * @return false if it is older than all that are kept, or known already
     */
    public boolean add(long when, double value) {
        int place = size;
        while (place > 0 && at[place - 1] >= when) {
            place--;
        }
        if (place < size && at[place] == when) {
            return false;
        }
        if (size == at.length) {
            if (place == 0) {
                return false;
            }
            place--;
            System.arraycopy(at, 1, at, 0, place);
            System.arraycopy(values, 1, values, 0, place);
        } else {
            System.arraycopy(at, place, at, place + 1, size - place);
            System.arraycopy(values, place, values, place + 1, size - place);
            size++;
        }
        at[place] = when;
        values[place] = value;
        return true;
    }

    public int size() {
        return size;
    }

    /** When the reading was measured; 0 is the oldest that is kept. */
    public long at(int index) {
        return at[index];
    }

    /** The reading; 0 is the oldest that is kept. */
    public double value(int index) {
        return values[index];
    }

    /** The band for which the running episode was signalled, 0 if there is none. */
    public int level() {
        return level;
    }

    public void reached(int band) {
        level = band;
    }

    /** The episode is over; until then another of the same band says nothing. */
    public void ended(long until) {
        endedLevel = level;
        restUntil = until;
        level = 0;
    }

    /** Whether an episode of this band would only repeat one that has just ended. */
    public boolean resting(int band, long when) {
        return band <= endedLevel && when < restUntil;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(at[i]);
            out.writeDouble(values[i]);
        }
        out.writeByte(level);
        out.writeByte(endedLevel);
        out.writeLong(restUntil);
    }

    static VitalTrack read(DataInputStream in, int capacity) throws IOException {
        VitalTrack track = new VitalTrack(capacity);
        track.size = in.readUnsignedByte();
        if (track.size > capacity) {
            throw new IOException("more readings than are kept");
        }
        for (int i = 0; i < track.size; i++) {
            track.at[i] = in.readLong();
            track.values[i] = in.readDouble();
        }
        track.level = in.readUnsignedByte();
        track.endedLevel = in.readUnsignedByte();
        track.restUntil = in.readLong();
        return track;
    }
}
