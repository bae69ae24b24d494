package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** The alarms of a subject's devices that were received lately, at most {@value #MOST}; the oldest are forgotten first. */
public final class SeenEvents {
    private static final int MOST = 200;

    private final ArrayDeque<Seen> events = new ArrayDeque<>(2);

    /**
     * For how long an event counts.
     *
     * @param repeat this event, received again within this time, is the same one
     * @param memory any event is remembered for so long
     */
    public record Spans(Duration repeat, Duration memory) {}

    /**
     * Whether the same event with the same payload was received within the span; if not, it is remembered. An event
     * without an id is never the same as another.
     */
    public boolean repeated(String device, String eventId, long digest, Instant receivedAt, Spans spans) {
        if (eventId.isEmpty()) {
            return false;
        }
        long received = receivedAt.toEpochMilli();
        events.removeIf(seen -> received - seen.receivedAt > spans.memory().toMillis());
        for (Seen seen : events) {
            if (seen.digest == digest
                    && seen.eventId.equals(eventId)
                    && seen.device.equals(device)
                    && received - seen.receivedAt <= spans.repeat().toMillis()) {
                return true;
            }
        }
        if (events.size() == MOST) {
            events.removeFirst();
        }
        events.addLast(new Seen(device, eventId, digest, received));
        return false;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeShort(events.size());
        for (Seen seen : events) {
            out.writeUTF(seen.device);
            out.writeUTF(seen.eventId);
            out.writeLong(seen.digest);
            out.writeLong(seen.receivedAt);
        }
    }

    static SeenEvents read(DataInputStream in) throws IOException {
        SeenEvents seen = new SeenEvents();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            seen.events.addLast(new Seen(in.readUTF(), in.readUTF(), in.readLong(), in.readLong()));
        }
        return seen;
    }

    private record Seen(String device, String eventId, long digest, long receivedAt) {}
}
