package org.anban.gateway.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;

/**
 * Alarms in one message of devices that whoever spoke for them may not name: they open nothing, but somebody may need help
 * where the speaker stands, so the consoles show them as not stored, with the name. Of one name not more often than once a
 * second, of one speaker not more than a few names a second, whoever makes them up.
 */
final class UnlistedAlarms {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_OF_SPEAKER = 5;
    private static final int MOST_REMEMBERED = 1_000;

    private record Heard(String name, DeviceReport report) {}

    private record Shown(String speaker, String name) {}

    /** What one speaker has shown in its present second. */
    private static final class Second {
        private final long startedNanos;
        private int count;

        private Second(long startedNanos) {
            this.startedNanos = startedNanos;
        }
    }

    private final SetAsides setAsides;
    private final UnstoredAlarms unstored;
    private final List<String> names = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final Map<Shown, Long> shown = bounded();
    private final Map<String, Second> speakers = bounded();
    private String name = "";

    UnlistedAlarms(SetAsides setAsides, UnstoredAlarms unstored) {
        this.setAsides = setAsides;
        this.unstored = unstored;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    /** Another message. */
    void begin() {
        names.clear();
        heard.clear();
        name = "";
    }

    /** What follows is about somebody of this name, who is not listed. */
    void about(String unlisted) {
        name = unlisted;
        names.add(unlisted);
    }

    void heard(DeviceEvent event) {
        if (event.lane() == Lane.ALARM
                && event instanceof DeviceReport report
                && report.kind() != ReportKind.FALL_CANCELLED) {
            heard.add(new Heard(name, report));
        }
    }

    /** Whether there is an alarm of somebody who may have been listed meanwhile. */
    boolean mayBeListed() {
        return heard.stream().anyMatch(each -> !each.name.isEmpty());
    }

    /**
     * Counts and shows them.
     *
     * @param as under which name it is counted; who has not proved its name shares one
     */
    void tell(String as, DeviceProfile speaker, byte[] bytes, int length) {
        for (String unlisted : names) {
            setAsides.count(as, Reason.UNLISTED, '"' + unlisted + '"');
        }
        for (Heard each : heard) {
            setAsides.count(as, Reason.UNLISTED_ALARM, bytes, length);
            String named = each.name.isEmpty() && as.equals(SetAsides.OTHERS)
                    ? speaker.id().value()
                    : each.name;
            if (mayShow(as, named)) {
                DeviceReport report = each.report;
                unstored.unlisted(
                        speaker.id(),
                        each.name,
                        speaker.subjectAt(report.time().receivedAt()),
                        report.kind(),
                        report.time().receivedAt());
            }
        }
    }

    private boolean mayShow(String speaker, String named) {
        long now = System.nanoTime();
        Shown key = new Shown(speaker, named);
        Long before = shown.get(key);
        if (before != null && now - before < PAUSE_NANOS) {
            return false;
        }
        Second second = speakers.get(speaker);
        if (second == null || now - second.startedNanos >= PAUSE_NANOS) {
            second = new Second(now);
            speakers.put(speaker, second);
        }
        if (second.count >= MOST_OF_SPEAKER) {
            return false;
        }
        second.count++;
        shown.put(key, now);
        return true;
    }
}
