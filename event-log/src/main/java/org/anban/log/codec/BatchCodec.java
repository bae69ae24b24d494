package org.anban.log.codec;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.LogEntry;

/**
 * The stored form of a batch's entries, version 1. It gives back exactly what was put in (times to the nanosecond,
 * numbers to the bit), so that whoever reads from memory and whoever reads from storage see the same.
 *
 * <pre>
 * body   = version:octet count:varint entry* crc32c:4
 * entry  = head:octet device [subject] received [at] [deviceAt] (readings | report | reply)
 * head   = bits 0-1 family, 2 an optional last field follows, 3 {@code at} is not the receive time,
 *          4-5 device's time (none, equal to {@code at}, written), 6 subject is not the one of this device's last entry
 * device = index:varint, and if that is the next free index the text of the new one; subject likewise, with its kind
 * </pre>
 */
public final class BatchCodec {
    static final int VERSION = 1;
    /** Head, device, receive time and an empty mask of signals: no entry is shorter. */
    private static final int SHORTEST_ENTRY = 4;

    private BatchCodec() {}

    public static byte[] encode(List<LogEntry> entries) {
        BodyWriter out = new BodyWriter(16 + entries.size() * 40);
        out.octet(VERSION);
        out.varint(entries.size());
        EntryWriter writer = new EntryWriter(out);
        for (LogEntry entry : entries) {
            writer.write(entry);
        }
        return out.seal();
    }

    /** @throws DamagedBatchException if the body is not, to the last bit, what {@link #encode} wrote */
    public static List<LogEntry> decode(byte[] body) {
        BodyReader in = new BodyReader(body);
        int version = in.octet();
        if (version != VERSION) {
            throw new DamagedBatchException("a batch body has version " + version + ", this program reads " + VERSION);
        }
        try {
            int count = in.upTo(in.left() / SHORTEST_ENTRY);
            List<LogEntry> entries = new ArrayList<>(count);
            EntryReader reader = new EntryReader(in);
            for (int i = 0; i < count; i++) {
                entries.add(reader.read());
            }
            if (in.left() != 0) {
                throw new DamagedBatchException("a batch body goes on after its last entry");
            }
            return entries;
        } catch (CareException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new DamagedBatchException("a batch body holds an entry that cannot be: " + e.getMessage(), e);
        }
    }

    /** About how many octets an entry takes, without encoding it; never zero. */
    public static int estimate(LogEntry entry) {
        return EntryWriter.estimate(entry);
    }
}
