package org.anban.gateway.intake;

import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.source.Source;

/**
 * Alarms of devices that whoever spoke for them may not name: they open nothing, but somebody may need help where the
 * speaker stands, so the consoles show them as not stored. Not more often than once a second, whoever makes them up.
 */
final class UnlistedAlarms {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SetAsides setAsides;
    private final UnstoredAlarms unstored;
    private long lastNanos = System.nanoTime() - PAUSE_NANOS;

    UnlistedAlarms(SetAsides setAsides, UnstoredAlarms unstored) {
        this.setAsides = setAsides;
        this.unstored = unstored;
    }

    void heard(Source speaker, DeviceEvent event) {
        if (event.lane() != Lane.ALARM
                || !(event instanceof DeviceReport report)
                || report.kind() == ReportKind.FALL_CANCELLED) {
            return;
        }
        setAsides.count(speaker.device(), Reason.UNLISTED_ALARM, report.kind().wireName());
        long now = System.nanoTime();
        if (now - lastNanos >= PAUSE_NANOS) {
            lastNanos = now;
            DeviceProfile profile = speaker.profile();
            unstored.received(
                    profile.id(),
                    profile.subjectAt(report.time().receivedAt()),
                    report.kind(),
                    report.time().receivedAt());
        }
    }
}
