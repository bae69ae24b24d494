package org.anban.log.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.CommandReply;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/** Reads the entries of one batch: the inverse of {@link EntryWriter}. */
final class EntryReader {
    private static final SubjectId.Kind[] SUBJECT_KINDS = SubjectId.Kind.values();
    private static final ReportKind[] REPORT_KINDS = ReportKind.values();

    private final BodyReader in;
    private final List<DeviceId> devices = new ArrayList<>();
    private final List<SubjectId> subjectOfDevice = new ArrayList<>();
    private final List<SubjectId> subjects = new ArrayList<>();
    private Instant received = Instant.EPOCH;

    EntryReader(BodyReader in) {
        this.in = in;
    }

    LogEntry read() {
        int head = in.octet();
        if ((head & EntryWriter.UNKNOWN_HEAD) != 0) {
            throw new DamagedBatchException("a batch body holds an entry of an unknown form");
        }
        int device = in.upTo(devices.size());
        boolean isNew = device == devices.size();
        if (isNew) {
            devices.add(new DeviceId(in.text()));
        }
        SubjectId subject = subjectOf(device, isNew, (head & EntryWriter.SUBJECT_WRITTEN) != 0);
        return new LogEntry(devices.get(device), subject, event(head, time(head)));
    }

    private SubjectId subjectOf(int device, boolean isNew, boolean written) {
        if (!written) {
            if (isNew) {
                throw new DamagedBatchException("a batch body holds an entry without a subject");
            }
            return subjectOfDevice.get(device);
        }
        SubjectId subject = subject();
        if (isNew) {
            subjectOfDevice.add(subject);
        } else {
            subjectOfDevice.set(device, subject);
        }
        return subject;
    }

    private SubjectId subject() {
        int index = in.upTo(subjects.size());
        if (index == subjects.size()) {
            SubjectId.Kind kind = SUBJECT_KINDS[in.upTo(SUBJECT_KINDS.length - 1)];
            subjects.add(new SubjectId(kind, in.text()));
        }
        return subjects.get(index);
    }

    private EventTime time(int head) {
        received = in.instant(received);
        Instant at = (head & EntryWriter.AT_WRITTEN) == 0 ? received : in.instant(received);
        return new EventTime(at, received, deviceTime(head, at));
    }

    private @Nullable Instant deviceTime(int head, Instant at) {
        if ((head & EntryWriter.DEVICE_TIME_WRITTEN) != 0) {
            return in.instant(received);
        }
        return (head & EntryWriter.DEVICE_TIME_IS_AT) != 0 ? at : null;
    }

    private DeviceEvent event(int head, EventTime time) {
        boolean extra = (head & EntryWriter.EXTRA) != 0;
        switch (head & EntryWriter.FAMILY) {
            case EntryWriter.READINGS:
                return new Readings(time, values(), extra ? Duration.ofSeconds(in.signed(), nanos()) : null);
            case EntryWriter.REPORT:
                ReportKind kind = REPORT_KINDS[in.upTo(REPORT_KINDS.length - 1)];
                return new DeviceReport(time, kind, in.text(), in.fixed(), extra ? subject() : null);
            case EntryWriter.REPLY:
                return new CommandReply(time, in.text(), in.text());
            default:
                throw new DamagedBatchException("a batch body holds an entry of an unknown family");
        }
    }

    private SignalValues values() {
        long mask = in.varint();
        double[] numbers = new double[Long.bitCount(mask)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.number();
        }
        return SignalValues.ofMask(mask, numbers);
    }

    private int nanos() {
        return in.upTo(999_999_999);
    }
}
