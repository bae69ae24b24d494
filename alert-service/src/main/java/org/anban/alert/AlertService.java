package org.anban.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.anban.alert.detection.Detector;
import org.anban.alert.incident.IncidentStore;
import org.anban.alert.rule.RulePack;
import org.anban.alert.wake.Bell;
import org.anban.alert.wake.InstanceLink;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.SessionDirectory;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.incident.IncidentFeed;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * Detection, incidents, escalation, notices and the consoles' live streams, on one database. Any number may run on it
 * at once.
 */
public final class AlertService implements AutoCloseable {
    /** The ports of other services. */
    public record Neighbours(
            ResidentDirectory residents, DeviceDirectory devices, FamilyAccess family, SessionDirectory sessions) {}

    /** What it stands on. The schema is migrated at start. */
    public record Parts(
            Database database,
            EventLog log,
            InstantSource time,
            Neighbours neighbours,
            Audit audit,
            MeterRegistry meters,
            AlertConfig config) {}

    private final Database database;
    private final Desks desks;
    private final Duties duties;
    private final Detector detector;
    private final InstantSource time;
    private final Api api;
    private @Nullable Background background;
    private @Nullable InstanceLink link;

    private AlertService(Parts parts, Desks desks) {
        this.database = parts.database();
        this.desks = desks;
        this.duties = Duties.of(parts, desks);
        this.time = parts.time();
        this.detector = Detector.start(new Detector.Parts(
                parts.database(),
                parts.log(),
                parts.neighbours().devices(),
                parts.neighbours().residents(),
                desks.incidents(),
                parts.time(),
                parts.meters(),
                RulePack.standard(parts.config().rules())));
        this.api = Routes.of(parts, desks, detector);
    }

    public static AlertService start(Parts parts) {
        parts.database().migrate("alert");
        Bell bell = new Bell();
        AlertService service = new AlertService(parts, Desks.of(parts, bell));
        if (parts.config().background()) {
            service.link = InstanceLink.open(parts.database(), bell, parts.meters());
            service.background = Background.start(
                    service.duties, bell, parts.meters(), parts.neighbours().sessions(), service::detection);
        }
        return service;
    }

    public Api api() {
        return api;
    }

    public IncidentFeed feed() {
        return desks.concerns();
    }

    public UnstoredAlarms unstored() {
        return desks.streams();
    }

    /** Whether an incident of P0 or P1 has not ended: then nobody on duty is logged out. Blocks. */
    public boolean criticalOpen() {
        return database.inTransaction(tx -> new IncidentStore().criticalOpen(tx));
    }

    public Detector detector() {
        return detector;
    }

    Desks desks() {
        return desks;
    }

    Duties duties() {
        return duties;
    }

    /** Does everything that is due at this instant, on the caller's thread. */
    public void runDue() throws InterruptedException {
        duties.runDue();
    }

    /** What is wrong, in words for people; empty if nothing is. */
    public Optional<String> health() {
        Background running = background;
        return detection().or(() -> running == null ? Optional.empty() : running.problem());
    }

    private Optional<String> detection() {
        return detector.health().problem(time.instant());
    }

    @Override
    public void close() {
        detector.close();
        if (background != null) {
            background.close();
        }
        if (link != null) {
            link.close();
        }
        desks.streams().close();
        desks.register().close();
    }
}
