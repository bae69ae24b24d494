package org.anban.alert.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;

/** What an operator is told, in words that can be read out: facts, no name, no telephone number. */
final class AlarmWords {
    private final DateTimeFormatter format;

    AlarmWords(ZoneId zone) {
        format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
    }

    String time(Instant at) {
        return format.format(at);
    }

    /** {@code watch w-17}, or {@code device w-17} if the register does not know it. */
    static String device(Sighting sighting) {
        return sighting.profiles()
                        .device(sighting.entry().device())
                        .map(DeviceProfile::kind)
                        .orElse("device") + " " + sighting.device();
    }

    /** When it happened, when we heard of it, and what the device's clock says if it is not believed. */
    String when(EventTime time) {
        StringBuilder text = new StringBuilder("at ").append(time(time.at()));
        if (!time(time.at()).equals(time(time.receivedAt()))) {
            text.append(", received ").append(time(time.receivedAt()));
        }
        Instant deviceAt = time.deviceAt();
        if (deviceAt != null && time.clockWrong()) {
            text.append(", the device's clock says ").append(time(deviceAt));
        }
        return text.toString();
    }

    /** What the operator should know of the circumstances; empty if nothing. */
    static String circumstances(Sighting sighting, DeviceReport report) {
        List<String> notes = new ArrayList<>(2);
        SubjectId present = sighting.entry().subject();
        SubjectStatus status = sighting.profiles().subjectNow(present).status();
        switch (status) {
            case HOME -> {}
            case AWAY -> notes.add("recorded as away from home");
            case HOSPITAL -> notes.add("recorded as in hospital");
            case MOVED_OUT -> notes.add("recorded as moved out");
            case DECEASED -> notes.add("recorded as deceased");
        }
        SubjectId then = report.duringSubject();
        if (then != null && !then.equals(present)) {
            notes.add("at the time of the event the device was bound to " + then);
        }
        return String.join("; ", notes);
    }
}
