package org.anban.launcher;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anban.alert.AlertService;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.Lane;
import org.anban.gateway.DeviceGateway;
import org.anban.kit.database.Database;
import org.anban.kit.telemetry.HealthCheck;
import org.anban.log.EventLog;
import org.anban.log.postgres.PostgresEventLog;

/** What a duty manager's monitoring asks of a process: is it ready, and how far are its consumers. */
record Watching(Database database, PostgresEventLog events, AlertService alert, DeviceGateway gateway) {
    /** A process that stands by is not ready: devices belong to the one that appends. */
    List<HealthCheck> checks() {
        return List.of(
                new HealthCheck("database", this::databaseProblem),
                new HealthCheck("log", this::logProblem),
                new HealthCheck("alerts", alert::health),
                new HealthCheck("gateway", gateway::problem));
    }

    private Optional<String> databaseProblem() {
        try {
            database.inTransaction(
                    h -> h.createQuery("select 1").mapTo(Integer.class).one());
            return Optional.empty();
        } catch (CareException e) {
            return Optional.of("does not answer");
        }
    }

    private Optional<String> logProblem() {
        EventLog.Status status = events.status();
        return status == EventLog.Status.APPENDING
                ? Optional.empty()
                : Optional.of(status.name().toLowerCase(Locale.ROOT));
    }

    void bindTo(MeterRegistry meters) {
        Gauge.builder("anban.readings.position", gateway::storedBatch)
                .description("last telemetry batch whose readings are stored")
                .register(meters);
        for (Lane lane : Lane.values()) {
            String word = lane.name().toLowerCase(Locale.ROOT);
            Gauge.builder("anban.log.newest", () -> events.newest(lane))
                    .description("newest committed batch")
                    .tag("lane", word)
                    .register(meters);
            Gauge.builder("anban.detector.seen", () -> alert.detector().seenUpTo(lane))
                    .description("last batch that the rules have run over")
                    .tag("lane", word)
                    .register(meters);
            Gauge.builder("anban.detector.position", () -> alert.detector().evaluatedUpTo(lane))
                    .description("last batch that detection has evaluated, durably")
                    .tag("lane", word)
                    .register(meters);
            Gauge.builder(
                            "anban.log.commit.mean",
                            () -> millis(events.statistics(lane).commitTimes().average()))
                    .description("mean time of a commit, ms")
                    .tag("lane", word)
                    .register(meters);
            Gauge.builder(
                            "anban.log.entries",
                            () -> events.statistics(lane).written().entries())
                    .description("entries committed by this process")
                    .tag("lane", word)
                    .register(meters);
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
