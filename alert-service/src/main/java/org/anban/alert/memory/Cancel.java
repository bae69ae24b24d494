package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.anban.contracts.event.DeviceReport;

/**
 * A wearer's "I am all right".
 *
 * @param used it has ended a fall
 */
public record Cancel(String device, String eventId, Instant at, Instant receivedAt, boolean used) {
    public static Cancel of(String device, DeviceReport report) {
        Instant received = report.time().receivedAt().truncatedTo(ChronoUnit.MILLIS);
        Instant said = report.time().at().truncatedTo(ChronoUnit.MILLIS);
        return new Cancel(device, report.eventId(), said.isAfter(received) ? received : said, received, false);
    }

    Cancel asUsed() {
        return new Cancel(device, eventId, at, receivedAt, true);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(device);
        out.writeUTF(eventId);
        out.writeLong(at.toEpochMilli());
        out.writeLong(receivedAt.toEpochMilli());
        out.writeBoolean(used);
    }

    static Cancel read(DataInputStream in) throws IOException {
        return new Cancel(
                in.readUTF(),
                in.readUTF(),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                in.readBoolean());
    }
}
