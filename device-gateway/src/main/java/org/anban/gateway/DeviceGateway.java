package org.anban.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.gateway.admission.Admission;
import org.anban.gateway.bridge.Bridge;
import org.anban.gateway.command.Commands;
import org.anban.gateway.credential.Attempts;
import org.anban.gateway.credential.Claims;
import org.anban.gateway.credential.DeviceCredentials;
import org.anban.gateway.inlet.Inlet;
import org.anban.gateway.inlet.InletLimits;
import org.anban.gateway.intake.Intake;
import org.anban.gateway.mqtt.MqttServer;
import org.anban.gateway.presence.FleetRoutes;
import org.anban.gateway.presence.Presences;
import org.anban.gateway.push.Pushes;
import org.anban.gateway.reading.ReadingAccess;
import org.anban.gateway.reading.ReadingStore;
import org.anban.gateway.session.Sessions;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;

/** MQTT in, commands out; device credentials, sessions, readings. The door of this module. */
public final class DeviceGateway implements AutoCloseable {
    private static final Duration ATTEMPT_WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_WITHOUT_SUCCESS = Duration.ofSeconds(30);
    private static final int WRONG_KEYS_OF_DEVICE = 10;
    private static final int STRANGERS_OF_ADDRESS = 1_000;

    /** What runs it. */
    public record Machine(Vertx vertx, Database database, EventLog log, InstantSource time, MeterRegistry metrics) {}

    /** What it asks of others. */
    public record Neighbours(DeviceDirectory devices, UnstoredAlarms unstored, ReadingAccess access) {}

    /** Everything it is made of. */
    public record Parts(Machine machine, Neighbours neighbours, GatewayConfig config) {}

    private final SetAsides setAsides;
    private final Presences presences;
    private final Sessions sessions;
    private final DeviceCredentials credentials;
    private final Commands commands;
    private final ReadingStore readings;
    private final Admission admission;
    private final Inlet inlet;
    private final Pushes pushes;
    private final MqttServer server;
    private final @Nullable Bridge bridge;
    private final Api api;

    private DeviceGateway(Parts parts) {
        Machine machine = parts.machine();
        Neighbours neighbours = parts.neighbours();
        GatewayConfig config = parts.config();
        Database database = machine.database();
        setAsides = SetAsides.open(database, machine.time(), machine.metrics());
        presences = Presences.open(
                new Presences.Parts(
                        database, machine.log(), machine.time(), config.intake().presence()),
                machine.metrics());
        sessions = Sessions.open(database, machine.time(), config.telemetryQuota(), presences, machine.metrics());
        credentials = new DeviceCredentials(database, machine.time());
        Claims claims = new Claims(database, credentials, machine.time());
        commands = new Commands(database, machine.time());
        readings = ReadingStore.start(
                new ReadingStore.Parts(database, machine.log(), commands, setAsides), machine.metrics());
        Attempts attempts = new Attempts(machine.time(), WRONG_KEYS_OF_DEVICE, STRANGERS_OF_ADDRESS, ATTEMPT_WINDOW);
        admission = new Admission(
                new Admission.Parts(neighbours.devices(), credentials, claims, attempts, sessions, machine.time()),
                machine.metrics());
        Intake.Parts intake = new Intake.Parts(
                machine.log(),
                machine.time(),
                neighbours.unstored(),
                setAsides,
                presences,
                config.intake(),
                machine.metrics());
        inlet = Inlet.open(
                machine.vertx(),
                new Inlet.Parts(intake, neighbours.devices(), config.telemetryQuota(), InletLimits.DEFAULT));
        pushes = Pushes.open(
                new Pushes.Parts(
                        database, machine.time(), neighbours.devices(), inlet, setAsides, neighbours.unstored()),
                config.push(),
                machine.metrics());
        server = MqttServer.start(
                machine.vertx(),
                config.mqtt(),
                new MqttServer.Outside(intake, sessions, commands, neighbours.devices(), credentials),
                admission,
                machine.metrics());
        bridge = config.bridge() == null
                ? null
                : Bridge.start(
                        new Bridge.Parts(inlet, commands, machine.log(), setAsides, machine.metrics()),
                        config.bridge());
        api = Api.of("openapi/device-gateway.yaml");
        StaffScope scope =
                new StaffScope(neighbours.devices(), neighbours.access().residents(), machine.time());
        credentials.routes(api, scope, neighbours.access().audit());
        claims.routes(api, scope, neighbours.access().audit());
        setAsides.routes(api, scope);
        new FleetRoutes(presences, scope).mount(api);
        commands.routes(api, scope, this::hurryCommands);
        readings.routes(api, neighbours.access());
        pushes.routes(api, neighbours.access().audit());
    }

    /**
     * Migrates its schema and starts everything.
     *
     * @throws org.anban.kit.config.StartException if it cannot listen
     */
    public static DeviceGateway start(Parts parts) {
        parts.machine().database().migrate("gateway");
        return new DeviceGateway(parts);
    }

    private void hurryCommands() {
        server.hurryCommands();
        if (bridge != null) {
            bridge.hurryCommands();
        }
    }

    public Api api() {
        return api;
    }

    public ReadingHistory history() {
        return readings.history();
    }

    public DeviceCredentials credentials() {
        return credentials;
    }

    public Commands commands() {
        return commands;
    }

    /** Of the first endpoint of the configuration. */
    public int mqttPort() {
        return server.port();
    }

    /** Of the endpoint at that place of the configuration. */
    public int mqttPort(int endpoint) {
        return server.port(endpoint);
    }

    /** The number of the last telemetry batch whose readings are stored; 0 while another process stores them. */
    public long storedBatch() {
        return readings.storedBatch();
    }

    /** Why it is not ready, if it is not. */
    public Optional<String> problem() {
        return problem(LONGEST_WITHOUT_SUCCESS);
    }

    /** The first of its loops that has not succeeded for so long. */
    Optional<String> problem(Duration limit) {
        return Stream.of(
                        admission.problem(limit),
                        readings.problem(limit),
                        server.problem(limit),
                        inlet.problem(limit),
                        pushes.problem(limit),
                        bridge == null ? Optional.<String>empty() : bridge.problem(limit),
                        sessions.problem(limit),
                        presences.problem(limit),
                        setAsides.problem(limit))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Stops listening first, then writes what it knows. The log stays open; what was handed over is settled there. */
    @Override
    public void close() {
        if (bridge != null) {
            bridge.close();
        }
        server.close();
        pushes.close();
        inlet.close();
        admission.close();
        readings.close();
        sessions.close();
        presences.close();
        setAsides.close();
    }
}
