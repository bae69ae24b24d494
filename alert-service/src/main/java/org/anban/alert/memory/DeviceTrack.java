package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.anban.contracts.incident.IncidentKind;
import org.jspecify.annotations.Nullable;

/** What is remembered of one device of a subject. All instants are milliseconds of the log's clock. */
public final class DeviceTrack {
    /** The order is part of the saved form: append, never reorder. */
    private static final List<IncidentKind> VITALS =
            List.of(IncidentKind.HEART_RATE_HIGH, IncidentKind.HEART_RATE_LOW, IncidentKind.SPO2_LOW);

    private final String device;
    private final @Nullable VitalTrack[] vitals = new VitalTrack[VITALS.size()];
    private long heardAt;
    private long quietFrom;
    private long nextWithin;
    private Silence silence = Silence.NONE;
    private int released;
    private boolean alone;
    private Flaps flaps = new Flaps();
    private Condition condition = new Condition();

    /** How far a silence has been signalled. */
    public enum Silence {
        NONE,
        SILENT,
        LONG_SILENT
    }

    DeviceTrack(String device) {
        this.device = device;
    }

    public String device() {
        return device;
    }

    /**
     * A message came.
     *
     * @param within milliseconds to the next message as the device said, or 0 if it did not
     */
    public void heard(long at, long within) {
        heardAt = Math.max(heardAt, at);
        quietFrom = heardAt;
        nextWithin = within;
        silence = Silence.NONE;
        alone = false;
    }

    /** Whether a message ever came; what never spoke cannot fall silent. */
    public boolean wasHeard() {
        return heardAt > 0;
    }

    /** When the last message came; 0 if none ever did. */
    public long heardAt() {
        return heardAt;
    }

    /** Since when its silence counts: the last message, or later if it could not be judged. */
    public long quietFrom() {
        return quietFrom;
    }

    /** Its silence could not be judged up to now, and counts anew. */
    public void excused(long now) {
        quietFrom = now;
    }

    /** Milliseconds to the next message as the device said, or 0. */
    public long nextWithin() {
        return nextWithin;
    }

    public Silence silence() {
        return silence;
    }

    public void signalled(Silence reached) {
        silence = reached;
    }

    /** It was part of an outage of many that has passed, and is still silent: until it is heard it is judged by itself. */
    public void standAlone() {
        alone = true;
        release();
    }

    /** Whether its silence is to be judged by itself, whoever else is silent. */
    public boolean standsAlone() {
        return alone;
    }

    /** A silence that was told is to be told again. */
    public void release() {
        released++;
        if (silence == Silence.SILENT) {
            silence = Silence.NONE;
        }
    }

    /** How often it was released; a silence that is told again is told with another id. */
    public int released() {
        return released;
    }

    public Flaps flaps() {
        return flaps;
    }

    public Condition condition() {
        return condition;
    }

    /**
     * The readings of one vital sign.
     *
     * @param kind one of the kinds that are about a vital sign
     * @param capacity how many readings to keep
     */
    public VitalTrack vital(IncidentKind kind, int capacity) {
        int index = VITALS.indexOf(kind);
        VitalTrack track = vitals[index];
        if (track == null || track.capacity() != capacity) {
            track = new VitalTrack(capacity);
            vitals[index] = track;
        }
        return track;
    }

    Heard summary() {
        return new Heard(device, heardAt, quietFrom, nextWithin, silence, released, alone);
    }

    /** Takes what was saved of its being heard in place of what is remembered. */
    public void restore(Heard saved) {
        heardAt = saved.heardAt();
        quietFrom = saved.quietFrom();
        nextWithin = saved.nextWithin();
        silence = saved.silence();
        released = saved.released();
        alone = saved.alone();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(device);
        out.writeLong(heardAt);
        out.writeLong(quietFrom);
        out.writeLong(nextWithin);
        out.writeByte(silence.ordinal());
        out.writeInt(released);
        out.writeBoolean(alone);
        flaps.write(out);
        condition.write(out);
        for (VitalTrack track : vitals) {
            out.writeByte(track == null ? 0 : track.capacity());
            if (track != null) {
                track.write(out);
            }
        }
    }

    static DeviceTrack read(DataInputStream in) throws IOException {
        DeviceTrack track = new DeviceTrack(in.readUTF());
        track.heardAt = in.readLong();
        track.quietFrom = in.readLong();
        track.nextWithin = in.readLong();
        int silence = in.readUnsignedByte();
        if (silence >= Silence.values().length) {
            throw new IOException("unknown silence " + silence);
        }
        track.silence = Silence.values()[silence];
        track.released = in.readInt();
        track.alone = in.readBoolean();
        track.flaps = Flaps.read(in);
        track.condition = Condition.read(in);
        for (int i = 0; i < track.vitals.length; i++) {
            int capacity = in.readUnsignedByte();
            track.vitals[i] = capacity == 0 ? null : VitalTrack.read(in, capacity);
        }
        return track;
    }
}
