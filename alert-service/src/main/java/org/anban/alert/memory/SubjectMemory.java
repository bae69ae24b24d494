package org.anban.alert.memory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rules of one lane remember of one subject. It is saved in the transaction that moves the lane's position,
 * so it has applied exactly what the position says. Not thread-safe: it belongs to the lane's loop.
 */
public final class SubjectMemory {
    /** Of the encoded form; what has another version is rebuilt from the log. */
    public static final int VERSION = 5;

    private final AlarmCounts alarms;
    private final SeenEvents seen;
    private final FallWatch falls;
    private final List<DeviceTrack> devices;

    public SubjectMemory() {
        this(new AlarmCounts(), new SeenEvents(), new FallWatch(), new ArrayList<>(2));
    }

    private SubjectMemory(AlarmCounts alarms, SeenEvents seen, FallWatch falls, List<DeviceTrack> devices) {
        this.alarms = alarms;
        this.seen = seen;
        this.falls = falls;
        this.devices = devices;
    }

    /** How many alarms each device sends. */
    public AlarmCounts alarms() {
        return alarms;
    }

    /** The alarms seen lately, to know one that was sent again. */
    public SeenEvents seen() {
        return seen;
    }

    /** Falls that wait for silence, and cancels that came first. */
    public FallWatch falls() {
        return falls;
    }

    /** One track for each device that has been heard. */
    public List<DeviceTrack> devices() {
        return devices;
    }

    /** The track of a device, made if it is the first time. */
    public DeviceTrack device(String id) {
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).device().equals(id)) {
                return devices.get(i);
            }
        }
        DeviceTrack track = new DeviceTrack(id);
        devices.add(track);
        return track;
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            alarms.write(out);
            seen.write(out);
            falls.write(out);
            out.writeShort(devices.size());
            for (DeviceTrack device : devices) {
                device.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The inverse of {@link #encode}.
     *
     * @throws IOException if the bytes are of another version or damaged
     */
    public static SubjectMemory decode(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("memory of version " + version);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            AlarmCounts alarms = AlarmCounts.read(in);
            SeenEvents seen = SeenEvents.read(in);
            FallWatch falls = FallWatch.read(in);
            int count = in.readUnsignedShort();
            List<DeviceTrack> devices = new ArrayList<>(Math.min(count, 16));
            for (int i = 0; i < count; i++) {
                devices.add(DeviceTrack.read(in));
            }
            if (in.available() > 0) {
                throw new IOException("more bytes than a memory has");
            }
            return new SubjectMemory(alarms, seen, falls, devices);
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged memory", e);
        }
    }
}
