package org.anban.launcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anban.alert.AlertConfig;
import org.anban.alert.AlertService;
import org.anban.gateway.DeviceGateway;
import org.anban.gateway.GatewayConfig;
import org.anban.gateway.reading.ReadingAccess;
import org.anban.kit.audit.AuditTrail;
import org.anban.kit.database.Database;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.edge.HttpEdge;
import org.anban.kit.edge.Monitoring;
import org.anban.kit.telemetry.HealthCheck;
import org.anban.kit.telemetry.Telemetry;
import org.anban.kit.tls.Certificates;
import org.anban.kit.tls.TlsFiles;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;
import org.anban.platform.CarePlatform;
import org.anban.platform.PlatformConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: gateway, alert service and care platform on one database in one process, wired by hand. Any
 * number of these may run on one database; one of them appends to the log.
 */
public final class AnbanSystem implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AnbanSystem.class);

    /**
     * Where it runs and by whose clock.
     *
     * @param host address of the HTTP port; the gateway's is in its own configuration
     * @param httpPort 0 for any that is free
     * @param https the same with TLS, if there is one
     */
    public record Parts(
            DatabaseConfig database,
            String host,
            int httpPort,
            @Nullable Https https,
            InstantSource time,
            Tuning tuning) {}

    /** The HTTP port with TLS; 0 for any that is free. */
    public record Https(String host, int port, TlsFiles files) {}

    /** The services' own settings. */
    public record Tuning(GatewayConfig gateway, AlertConfig alert, PlatformConfig platform) {
        /** Everything as it comes, the MQTT port on this machine only. */
        public static Tuning usual(int mqttPort) {
            return new Tuning(GatewayConfig.local(mqttPort), AlertConfig.DEFAULT, PlatformConfig.USUAL);
        }
    }

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final PostgresEventLog events;
    private final CarePlatform platform;
    private final AlertService alert;
    private final DeviceGateway gateway;
    private final HttpEdge edge;
    private final String mqttScheme;

    private AnbanSystem(Parts parts) {
        try {
            Telemetry telemetry = opened(Telemetry.create());
            MeterRegistry meters = telemetry.registry();
            Vertx vertx = telemetry.startVertx(new VertxOptions().setPreferNativeTransport(true));
            opened(() -> stop(vertx));
            Database database = opened(Database.open(parts.database()));
            database.migrate("event_log");
            events = opened(PostgresEventLog.open(new PostgresEventLog.Parts(
                    database::dedicatedConnection, database.dataSource(), parts.time(), LogLimits.defaults())));
            AuditTrail audit = AuditTrail.open(database, parts.time(), meters);
            Neighbourhood neighbours = new Neighbourhood();
            platform = opened(CarePlatform.start(new CarePlatform.Parts(
                    database,
                    parts.time(),
                    audit,
                    neighbours.ofPlatform(),
                    parts.tuning().platform())));
            alert = opened(AlertService.start(new AlertService.Parts(
                    database,
                    events,
                    parts.time(),
                    new AlertService.Neighbours(
                            platform.residents(), platform.devices(), platform.familyAccess(), platform.sessions()),
                    audit,
                    meters,
                    parts.tuning().alert())));
            gateway = opened(DeviceGateway.start(new DeviceGateway.Parts(
                    new DeviceGateway.Machine(vertx, database, events, parts.time(), meters),
                    new DeviceGateway.Neighbours(
                            platform.devices(),
                            alert.unstored(),
                            new ReadingAccess(platform.residents(), platform.familyAccess(), audit)),
                    parts.tuning().gateway())));
            mqttScheme =
                    parts.tuning().gateway().mqtt().endpoints().get(0).kind().scheme();
            neighbours.meet(alert, gateway);
            opened(new Retention(events, alert, gateway).start(meters));
            Watching watching = new Watching(database, events, alert, gateway);
            watching.bindTo(meters);
            List<HealthCheck> checks = new ArrayList<>(watching.checks());
            HttpEdge.Secure secure = secure(parts, meters, checks);
            edge = opened(HttpEdge.start(
                    vertx,
                    new HttpEdge.Parts(
                            parts.host(),
                            parts.httpPort(),
                            List.of(platform.api(), alert.api(), gateway.api()),
                            platform.sessions(),
                            CarePlatform.site(),
                            new Monitoring(telemetry.registry(), checks, false)),
                    secure));
            events.durabilityWarning().ifPresent(log::warn);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private HttpEdge.@Nullable Secure secure(Parts parts, MeterRegistry meters, List<HealthCheck> checks) {
        Https https = parts.https();
        if (https == null) {
            return null;
        }
        Certificates certificates = opened(Certificates.open(https.files(), "http", parts.time(), meters));
        checks.add(new HealthCheck("https", certificates::problem));
        return new HttpEdge.Secure(https.host(), https.port(), certificates.keyManager());
    }

    /**
     * Migrates and starts everything.
     *
     * @throws org.anban.kit.config.StartException if a port is taken
     */
    public static AnbanSystem start(Parts parts) {
        return new AnbanSystem(parts);
    }

    public CarePlatform platform() {
        return platform;
    }

    public AlertService alert() {
        return alert;
    }

    public DeviceGateway gateway() {
        return gateway;
    }

    public PostgresEventLog events() {
        return events;
    }

    public int httpPort() {
        return edge.port();
    }

    /** 0 without TLS. */
    public int httpsPort() {
        return edge.securePort();
    }

    public int mqttPort() {
        return gateway.mqttPort();
    }

    /** Where a device on this machine connects. */
    public String mqttUrl() {
        return mqttScheme + "://127.0.0.1:" + mqttPort();
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private static void stop(Vertx vertx) throws InterruptedException, ExecutionException, TimeoutException {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** In reverse: pages and devices first, then what works for them, the database last. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                log.warn("a part did not stop in order: {}", e.toString());
            }
        }
    }
}
