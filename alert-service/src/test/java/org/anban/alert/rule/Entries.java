package org.anban.alert.rule;

import java.time.Duration;
import java.time.Instant;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/** Log entries as tests write them. Times are seconds after {@link #START}. */
public final class Entries {
    public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    public static final SubjectId WANG = SubjectId.resident("r-wang");
    public static final SubjectId LI = SubjectId.resident("r-li");

    private Entries() {}

    public static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    /** An alarm of Wang's that the device timed, received at once. */
    public static LogEntry alarm(String device, ReportKind kind, String id, double at) {
        return alarm(device, kind, id, at, at);
    }

    public static LogEntry alarm(String device, ReportKind kind, String id, double at, double received) {
        return alarm(WANG, device, kind, id, new EventTime(at(at), at(received), at(at)), null);
    }

    public static LogEntry alarm(
            SubjectId subject, String device, ReportKind kind, String id, EventTime time, @Nullable SubjectId during) {
        long digest = (kind + "|" + id + "|" + time.deviceAt()).hashCode();
        return new LogEntry(new DeviceId(device), subject, new DeviceReport(time, kind, id, digest, during));
    }

    /** Readings of Wang's that were received at once. */
    public static LogEntry reading(String device, Signal signal, double value, double at) {
        return reading(WANG, device, signal, value, at, at);
    }

    public static LogEntry reading(
            SubjectId subject, String device, Signal signal, double value, double at, double received) {
        SignalValues values = new SignalValues.Builder().put(signal, value).build();
        return readings(subject, device, values, new EventTime(at(at), at(received), at(at)), null);
    }

    /** A message that promises the next one. */
    public static LogEntry promising(String device, Duration within, double at) {
        SignalValues values = new SignalValues.Builder().put(Signal.BATTERY, 80).build();
        return readings(WANG, device, values, EventTime.received(at(at)), within);
    }

    public static LogEntry readings(
            SubjectId subject, String device, SignalValues values, EventTime time, @Nullable Duration within) {
        return new LogEntry(new DeviceId(device), subject, new Readings(time, values, within));
    }
}
