package org.anban.alert.memory;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anban.alert.memory.DeviceTrack.Silence;

/**
 * What must never be forgotten of a device, for it may be silent longer than the log is read back: when it was heard and
 * how far its silence was told. It is saved beside the memory, in words that stay the same when that has a new version.
 *
 * @param heardAt when the last message came, in milliseconds
 * @param quietFrom since when its silence counts
 * @param nextWithin milliseconds to the next message as it said, or 0
 * @param released how often its silence was to be told again
 * @param alone whether its silence is judged by itself
 */
public record Heard(
        String device, long heardAt, long quietFrom, long nextWithin, Silence silence, int released, boolean alone) {

    /** All devices of a memory. */
    public static String encode(SubjectMemory memory) {
        JsonArray all = new JsonArray();
        for (DeviceTrack track : memory.devices()) {
            if (track.wasHeard()) {
                all.add(track.summary().json());
            }
        }
        return all.encode();
    }

    /** @throws IOException if it cannot be read */
    public static List<Heard> decode(String text) throws IOException {
        try {
            List<Heard> all = new ArrayList<>();
            for (Object each : new JsonArray(text)) {
                all.add(read((JsonObject) each));
            }
            return all;
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            throw new IOException("when devices were heard cannot be read", e);
        }
    }

    /** The same, for a clock that was put back. */
    public Heard notAfter(long clock) {
        return heardAt <= clock && quietFrom <= clock
                ? this
                : new Heard(
                        device,
                        Math.min(heardAt, clock),
                        Math.min(quietFrom, clock),
                        nextWithin,
                        silence,
                        released,
                        alone);
    }

    /** What is usual is left out. */
    private JsonObject json() {
        JsonObject json = new JsonObject().put("device", device).put("heardAt", heardAt);
        if (quietFrom != heardAt) {
            json.put("quietFrom", quietFrom);
        }
        if (nextWithin > 0) {
            json.put("nextWithin", nextWithin);
        }
        if (silence != Silence.NONE) {
            json.put("silence", silence.name());
        }
        if (released > 0) {
            json.put("released", released);
        }
        return alone ? json.put("alone", true) : json;
    }

    private static Heard read(JsonObject json) {
        String device = json.getString("device");
        Long heardAt = json.getLong("heardAt");
        if (device == null || heardAt == null) {
            throw new IllegalArgumentException("device and heardAt are needed");
        }
        return new Heard(
                device,
                heardAt,
                json.getLong("quietFrom", heardAt),
                json.getLong("nextWithin", 0L),
                Silence.valueOf(json.getString("silence", Silence.NONE.name())),
                json.getInteger("released", 0),
                json.getBoolean("alone", false));
    }
}
