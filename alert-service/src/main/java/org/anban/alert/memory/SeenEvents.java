package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;

/**
 * The alarms of a subject's devices that were received lately, to know one that was sent again. An alarm is remembered
 * for the longest span in which it can be repeated and no longer, and nothing pushes it out before: what a device that
 * floods makes us remember is bounded by how many of its alarms are judged at all. Only receive times are compared, for
 * a device's clock may stand still.
 */
public final class SeenEvents {
    private final Map<Long, Seen> events = new LinkedHashMap<>(2);

    /**
     * For how long the same event is a repeat.
     *
     * @param timed where the device said when, and the first of them was received within this time of that
     * @param untimed where it did not, or where its time does not fit: then the bytes of another press may be the same
     */
    public record Spans(Duration timed, Duration untimed) {}

    /**
     * Whether the same event with the same payload was received from the same device within the span, before or after by
     * our clock; if not, it is remembered. An event without an id is never the same as another.
     */
    public boolean repeated(String device, DeviceReport report, Spans spans) {
        if (report.eventId().isEmpty()) {
            return false;
        }
        long received = report.time().receivedAt().toEpochMilli();
        forget(received, spans.timed().toMillis());
        long key = key(device, report);
        Seen first = events.get(key);
        if (first != null && first.covers(received, spans)) {
            return true;
        }
        events.remove(key); // so that the oldest stay first
        events.put(key, new Seen(received, isTimed(report.time(), spans.timed())));
        return false;
    }

    private void forget(long now, long spanMillis) {
        Iterator<Seen> oldest = events.values().iterator();
        while (oldest.hasNext() && Math.abs(now - oldest.next().receivedAt) > spanMillis) {
            oldest.remove();
        }
    }

    private static boolean isTimed(EventTime time, Duration span) {
        return time.deviceAt() != null
                && Duration.between(time.deviceAt(), time.receivedAt()).abs().compareTo(span) <= 0;
    }

    /** 64 bits for device, id and payload. */
    private static long key(String device, DeviceReport report) {
        long hash = report.digest();
        for (String text : new String[] {device, report.eventId()}) {
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ 0xffff ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        }
        return hash ^ hash >>> 33;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(events.size());
        for (Map.Entry<Long, Seen> seen : events.entrySet()) {
            out.writeLong(seen.getKey());
            out.writeLong(seen.getValue().receivedAt);
            out.writeBoolean(seen.getValue().timed);
        }
    }

    static SeenEvents read(DataInputStream in) throws IOException {
        SeenEvents seen = new SeenEvents();
        for (int count = in.readInt(); count > 0; count--) {
            seen.events.put(in.readLong(), new Seen(in.readLong(), in.readBoolean()));
        }
        return seen;
    }

    /** @param timed its device said when, and it was received about then */
    private record Seen(long receivedAt, boolean timed) {
        boolean covers(long again, Spans spans) {
            Duration span = timed ? spans.timed() : spans.untimed();
            return Math.abs(again - receivedAt) <= span.toMillis();
        }
    }
}
