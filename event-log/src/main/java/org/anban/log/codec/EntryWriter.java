package org.anban.log.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.CommandReply;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.subject.SubjectId;

/** Writes the entries of one batch; knows each device and subject that it has written before. */
final class EntryWriter {
    static final int READINGS = 0;
    static final int REPORT = 1;
    static final int REPLY = 2;
    static final int FAMILY = 0b11;
    static final int EXTRA = 1 << 2;
    static final int AT_WRITTEN = 1 << 3;
    static final int DEVICE_TIME_IS_AT = 1 << 4;
    static final int DEVICE_TIME_WRITTEN = 1 << 5;
    static final int SUBJECT_WRITTEN = 1 << 6;
    static final int UNKNOWN_HEAD = 1 << 7;

    private final BodyWriter out;
    private final Map<DeviceId, Known> devices = new HashMap<>();
    private final Map<SubjectId, Integer> subjects = new HashMap<>();
    private Instant received = Instant.EPOCH;

    EntryWriter(BodyWriter out) {
        this.out = out;
    }

    void write(LogEntry entry) {
        DeviceEvent event = entry.event();
        Known known = devices.get(entry.device());
        boolean sameSubject = known != null && known.subject.equals(entry.subject());
        out.octet(family(event) | timeForm(event.time()) | (sameSubject ? 0 : SUBJECT_WRITTEN));
        if (known == null) {
            known = new Known(devices.size(), entry.subject());
            devices.put(entry.device(), known);
            out.varint(known.index);
            out.text(entry.device().value());
        } else {
            out.varint(known.index);
        }
        if (!sameSubject) {
            subject(entry.subject());
            known.subject = entry.subject();
        }
        time(event.time());
        content(event);
    }

    private void content(DeviceEvent event) {
        if (event instanceof Readings readings) {
            out.varint(readings.values().mask());
            readings.values().forEach((signal, value) -> out.number(value));
            Duration within = readings.nextWithin();
            if (within != null) {
                out.signed(within.getSeconds());
                out.varint(within.getNano());
            }
        } else if (event instanceof DeviceReport report) {
            out.varint(report.kind().ordinal());
            out.text(report.eventId());
            out.fixed(report.digest());
            SubjectId during = report.duringSubject();
            if (during != null) {
                subject(during);
            }
        } else if (event instanceof CommandReply reply) {
            out.text(reply.commandId());
            out.text(reply.outcome());
        }
    }

    private void time(EventTime time) {
        out.instant(received, time.receivedAt());
        received = time.receivedAt();
        int form = timeForm(time);
        if ((form & AT_WRITTEN) != 0) {
            out.instant(received, time.at());
        }
        Instant device = time.deviceAt();
        if (device != null && (form & DEVICE_TIME_WRITTEN) != 0) {
            out.instant(received, device);
        }
    }

    private void subject(SubjectId subject) {
        Integer index = subjects.putIfAbsent(subject, subjects.size());
        if (index != null) {
            out.varint(index);
            return;
        }
        out.varint(subjects.size() - 1);
        out.octet(subject.kind().ordinal());
        out.text(subject.key());
    }

    private static int family(DeviceEvent event) {
        if (event instanceof Readings readings) {
            return READINGS | (readings.nextWithin() == null ? 0 : EXTRA);
        }
        if (event instanceof DeviceReport report) {
            return REPORT | (report.duringSubject() == null ? 0 : EXTRA);
        }
        return REPLY;
    }

    private static int timeForm(EventTime time) {
        int form = time.at().equals(time.receivedAt()) ? 0 : AT_WRITTEN;
        Instant device = time.deviceAt();
        if (device != null) {
            form |= device.equals(time.at()) ? DEVICE_TIME_IS_AT : DEVICE_TIME_WRITTEN;
        }
        return form;
    }

    static int estimate(LogEntry entry) {
        int names = entry.device().value().length() + entry.subject().key().length();
        DeviceEvent event = entry.event();
        if (event instanceof Readings readings) {
            return 16 + names + 3 * Long.bitCount(readings.values().mask());
        }
        if (event instanceof DeviceReport report) {
            return 24 + names + report.eventId().length();
        }
        CommandReply reply = (CommandReply) event;
        return 16 + names + reply.commandId().length() + reply.outcome().length();
    }

    /** A device of this batch and the subject of its last entry. */
    private static final class Known {
        private final int index;
        private SubjectId subject;

        private Known(int index, SubjectId subject) {
            this.index = index;
            this.subject = subject;
        }
    }
}
