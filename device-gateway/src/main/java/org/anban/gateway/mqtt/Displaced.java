package org.anban.gateway.mqtt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.anban.gateway.intake.Intake;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.session.Attachment;
import org.anban.gateway.session.Session;
import org.anban.gateway.setaside.Reason;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection whose place another has taken, and whether it was alive then: a watch whose network broke leaves a dead one
 * behind, a second device with the same id a living one. Confined to the event loop of its connection.
 */
final class Displaced {
    private static final Logger log = LoggerFactory.getLogger(Displaced.class);
    private static final long JUST_HEARD_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PROMPT_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private final Connection connection;
    private final Dock dock;
    private final Session session;
    private final long sinceNanos = System.nanoTime();

    Displaced(Connection connection, Dock dock, Session session) {
        this.connection = connection;
        this.dock = dock;
        this.session = session;
    }

    static Fault fault(Attachment.Eviction why) {
        return switch (why) {
            case TAKEN_OVER -> Fault.TAKEN_OVER;
            case NOT_AUTHORISED -> Fault.NOT_AUTHORISED;
            case BLOCKED -> Fault.BLOCKED;
        };
    }

    /** @param quietNanos how long ago it said anything after CONNECT */
    void lost(long quietNanos) {
        if (quietNanos < JUST_HEARD_NANOS) {
            alive(true);
        }
    }

    /** The peer closed its side; soon, because we did; later, because we waited no longer. */
    static void answered(@Nullable Displaced displaced) {
        if (displaced != null && System.nanoTime() - displaced.sinceNanos < PROMPT_NANOS) {
            displaced.alive(false);
        }
    }

    private void alive(boolean elsewhere) {
        if (session.loserAlive(connection.address(), elsewhere)) {
            Intake.Parts intake = dock.parts().intake();
            String what = "take-overs back and forth, last from " + connection.address();
            intake.setAsides().count(session.device(), Reason.CLONE, what);
            tellOfClone(intake);
        }
    }

    /** Into the log, so that staff are told. */
    private void tellOfClone(Intake.Parts intake) {
        Instant now = intake.time().instant().truncatedTo(ChronoUnit.MICROS);
        DeviceProfile device = session.profile();
        DeviceReport report =
                new DeviceReport(EventTime.received(now), ReportKind.CLONED, "", now.toEpochMilli(), null);
        LogEntry entry = new LogEntry(device.id(), device.subjectAt(now), report);
        intake.log().append(Lane.TELEMETRY, List.of(entry), outcome -> {
            if (outcome == EventLog.Outcome.REFUSED) {
                log.warn("the log took no note of the clone of {}", device.id());
            }
        });
    }
}
