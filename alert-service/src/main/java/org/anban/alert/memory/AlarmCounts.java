package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many alarms of a kind each device of a subject has sent in the running minute of the log's clock. */
public final class AlarmCounts {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long NEVER = Long.MIN_VALUE;
    private static final int MOST = 100;

    private final Map<String, Count> counts = new LinkedHashMap<>(2);

    /** Counts one more; returns how many it makes in this minute. */
    public int add(String device, String kind, long at) {
        if (counts.size() >= MOST) {
            counts.values().removeIf(count -> at - count.since >= MINUTE_MILLIS);
        }
        String key = device + "|" + kind;
        Count count = counts.get(key);
        Count next = count == null || at - count.since >= MINUTE_MILLIS
                ? new Count(at, 1, NEVER)
                : new Count(count.since, count.alarms + 1, count.toldAt);
        counts.put(key, next);
        return next.alarms;
    }

    /** Whether none of too many was told for so long; then the one that was just counted is. */
    public boolean tellAgain(String device, String kind, long at, long everyMillis) {
        String key = device + "|" + kind;
        Count count = counts.get(key);
        if (count == null || count.toldAt != NEVER && at - count.toldAt < everyMillis) {
            return false;
        }
        counts.put(key, new Count(count.since, count.alarms, at));
        return true;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeShort(counts.size());
        for (Map.Entry<String, Count> entry : counts.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue().since);
            out.writeInt(entry.getValue().alarms);
            out.writeLong(entry.getValue().toldAt);
        }
    }

    static AlarmCounts read(DataInputStream in) throws IOException {
        AlarmCounts read = new AlarmCounts();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            read.counts.put(in.readUTF(), new Count(in.readLong(), in.readInt(), in.readLong()));
        }
        return read;
    }

    /** @param toldAt when one was told although there were too many */
    private record Count(long since, int alarms, long toldAt) {}
}
