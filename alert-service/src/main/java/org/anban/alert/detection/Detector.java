package org.anban.alert.detection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.anban.alert.evaluation.Outage;
import org.anban.alert.evaluation.SetAsideEvent;
import org.anban.alert.rule.RulePack;
import org.anban.alert.signal.SignalSink;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.event.Lane;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.kit.database.Database;
import org.anban.log.EventLog;

/**
 * Reads both lanes of the log and tells the incident desk what the rules say. The schema {@code alert} must be
 * migrated. Any number of processes may run one; each lane is evaluated by one of them.
 *
 * <p>Metrics: {@code anban.detector.entries}, {@code .signals}, {@code .set.aside}, {@code .rebuilt} and
 * {@code .clock.age.seconds} (how far the log's clock, as evaluated, is behind the wall clock), tagged {@code lane}.
 */
public final class Detector implements AutoCloseable {
    /**
     * What a detector needs.
     *
     * @param desk takes the signals, in the detector's transaction
     * @param time the wall clock
     */
    public record Parts(
            Database database,
            EventLog log,
            DeviceDirectory devices,
            ResidentDirectory residents,
            SignalSink desk,
            InstantSource time,
            MeterRegistry metrics,
            RulePack rules) {}

    private final Parts parts;
    private final ProfileCache profiles;
    private final LaneLoop alarm;
    private final LaneLoop telemetry;

    private Detector(Parts parts) {
        this.parts = parts;
        this.profiles = new ProfileCache(parts.devices(), parts.residents(), parts.metrics());
        this.alarm = new LaneLoop(Lane.ALARM, parts, profiles);
        this.telemetry = new LaneLoop(Lane.TELEMETRY, parts, profiles);
        age(alarm.status());
        age(telemetry.status());
    }

    /** Starts both loops. A database that is down delays them, and nothing else. */
    public static Detector start(Parts parts) {
        return new Detector(parts);
    }

    public DetectorHealth health() {
        return new DetectorHealth(
                List.of(alarm.status().health(), telemetry.status().health()));
    }

    /** The rules of this process have run over everything up to this batch; what they remember is stored a little later. */
    public long seenUpTo(Lane lane) {
        return (lane == Lane.ALARM ? alarm : telemetry).status().seen();
    }

    /**
     * Everything up to this batch has been evaluated, and what came of it is durable. Where another process evaluates,
     * this is some seconds old.
     */
    public long evaluatedUpTo(Lane lane) {
        return (lane == Lane.ALARM ? alarm : telemetry).status().evaluated();
    }

    /** Our own outages, newest first, each with the list of whom to check. Blocks. */
    public List<Outage> outages(int limit) {
        OutageStore store = new OutageStore();
        return parts.database().inTransaction(handle -> store.list(handle, limit));
    }

    /** What could not be dealt with, newest first. Blocks. */
    public List<SetAsideEvent> setAside(int limit) {
        DetectionStore store = new DetectionStore();
        return parts.database().inTransaction(handle -> store.setAside(handle, limit));
    }

    private void age(LaneStatus status) {
        Gauge.builder("anban.detector.clock.age.seconds", status, of -> {
                    Instant clock = of.clock();
                    return clock == null
                            ? Double.NaN
                            : Duration.between(clock, parts.time().instant()).toMillis() / 1000.0;
                })
                .tag("lane", status.lane().name())
                .register(parts.metrics());
    }

    /** Ends both loops; what they have not stored is evaluated again by the next. */
    @Override
    public void close() {
        alarm.close();
        telemetry.close();
        profiles.close();
    }
}
