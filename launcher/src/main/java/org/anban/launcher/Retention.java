package org.anban.launcher;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.anban.alert.AlertService;
import org.anban.contracts.event.Lane;
import org.anban.gateway.DeviceGateway;
import org.anban.kit.loop.Loop;
import org.anban.log.postgres.PostgresEventLog;

/**
 * Removes old segments of the log, always behind every consumer that must have applied them. What is kept is counted in
 * batches: an idle lane writes one a second, so the alarm lane keeps three months at most and the telemetry lane a week;
 * under load the telemetry lane keeps less, and never less than the half hour that rebuilding a rule's state needs.
 */
final class Retention {
    static final long ALARM_BATCHES = 8_000_000;
    static final long TELEMETRY_BATCHES = 600_000;
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final PostgresEventLog events;
    private final AlertService alert;
    private final DeviceGateway gateway;

    Retention(PostgresEventLog events, AlertService alert, DeviceGateway gateway) {
        this.events = events;
        this.alert = alert;
        this.gateway = gateway;
    }

    Loop start(MeterRegistry meters) {
        return Loop.start("log-retention", meters, () -> {
            events.retain(Lane.ALARM, keepFrom(alert.detector().evaluatedUpTo(Lane.ALARM), ALARM_BATCHES));
            long telemetry = Math.min(alert.detector().evaluatedUpTo(Lane.TELEMETRY), gateway.storedBatch());
            events.retain(Lane.TELEMETRY, keepFrom(telemetry, TELEMETRY_BATCHES));
            return EVERY;
        });
    }

    /** The lowest batch to keep: so many before what every consumer has applied; everything if that is not known. */
    static long keepFrom(long appliedByAll, long batches) {
        return Math.max(0, appliedByAll - batches);
    }
}
