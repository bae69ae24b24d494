package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;

/**
 * A fall that a device reported.
 *
 * @param timed the device said when, and is believed
 * @param confirmBy when silence confirms it
 * @param fromReceipt its window was over when it reached us, so that it counts from receipt
 * @param confirmed the device had counted down itself: no candidate any more
 */
public record Fall(
        String device,
        String eventId,
        Instant at,
        Instant receivedAt,
        boolean timed,
        Instant confirmBy,
        boolean fromReceipt,
        boolean confirmed) {
    /** How much earlier than its fall a cancel may seem, where clocks are not exact or messages overtook each other. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** A reported fall with its window: from the event, or from receipt if that is over. */
    public static Fall of(String device, DeviceReport report, Duration window, boolean countedDown) {
        EventTime time = report.time();
        Instant received = time.receivedAt().truncatedTo(ChronoUnit.MILLIS);
        Instant said = time.at().truncatedTo(ChronoUnit.MILLIS);
        Instant at = said.isAfter(received) ? received : said;
        Instant confirmBy = at.plus(window);
        boolean over = !confirmBy.isAfter(received);
        if (over) {
            confirmBy = received.plus(window);
        }
        boolean timed = time.deviceAt() != null && !time.clockWrong();
        return new Fall(device, report.eventId(), at, received, timed, confirmBy, over, countedDown);
    }

    /** Whether a cancel means this fall, in whichever order the two came. */
    boolean endedBy(Cancel cancel, Duration window) {
        if (!device.equals(cancel.device()) || at.isAfter(cancel.at().plus(SLACK))) {
            return false;
        }
        boolean sameEvent = !eventId.isEmpty() && eventId.equals(cancel.eventId());
        boolean inWindow = !at.isAfter(cancel.at()) && !cancel.at().isAfter(at.plus(window));
        boolean whileWaiting = fromReceipt
                && !cancel.at().isBefore(at)
                && !cancel.receivedAt().isBefore(receivedAt)
                && !cancel.receivedAt().isAfter(confirmBy);
        boolean overtaken = !timed && !cancel.used() && at.isAfter(cancel.at());
        return sameEvent || inWindow || whileWaiting || overtaken;
    }

    /** Whether both were candidates at one time, so that they share an incident. */
    boolean overlaps(Fall other) {
        return confirmBy.isAfter(other.receivedAt) && other.confirmBy.isAfter(receivedAt);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(device);
        out.writeUTF(eventId);
        out.writeLong(at.toEpochMilli());
        out.writeLong(receivedAt.toEpochMilli());
        out.writeBoolean(timed);
        out.writeLong(confirmBy.toEpochMilli());
        out.writeBoolean(fromReceipt);
        out.writeBoolean(confirmed);
    }

    static Fall read(DataInputStream in) throws IOException {
        return new Fall(
                in.readUTF(),
                in.readUTF(),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                in.readBoolean(),
                Instant.ofEpochMilli(in.readLong()),
                in.readBoolean(),
                in.readBoolean());
    }
}
