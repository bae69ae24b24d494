package org.anban.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.Principal;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.Line;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.intake.IntakeRules;
import org.anban.gateway.listener.Endpoint;
import org.anban.gateway.mqtt.MqttConfig;
import org.anban.gateway.packet.Limits;
import org.anban.gateway.push.PushConfig;
import org.anban.gateway.reading.ReadingAccess;
import org.anban.gateway.source.Quota;
import org.anban.kit.http.Audit;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.kit.tls.TlsFiles;
import org.anban.log.EventLog;
import org.anban.log.LogBatch;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;

/** A gateway on a real log and database, with a register of devices that a test fills. */
public final class GatewayUnderTest implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-01-05T00:30:00Z");

    private final TestDatabase test = TestDatabase.create();
    private final Vertx vertx = Vertx.vertx();
    private final Map<DeviceId, DeviceProfile> register = new ConcurrentHashMap<>();
    private final Map<DeviceId, Map<String, DeviceId>> lists = new ConcurrentHashMap<>();
    private final List<String> audited = new CopyOnWriteArrayList<>();
    private final BlockingQueue<DeviceId> unstored = new LinkedBlockingQueue<>();
    private final SettableTime time = new SettableTime(START);
    private final GatewayConfig config;
    private PostgresEventLog log;
    private DeviceGateway gateway;

    private GatewayUnderTest(GatewayConfig config) {
        this.config = config;
        test.database().migrate("event_log");
        start();
    }

    /** With limits that a test can reach. */
    public static GatewayUnderTest start(Duration connectTimeout) {
        return start(connectTimeout, new Quota.Limit(1, 100));
    }

    /** On these ports, all on loopback and of free numbers. */
    public static GatewayUnderTest on(Duration connectTimeout, TlsFiles tls, Endpoint.Kind... kinds) {
        List<Endpoint> endpoints = Arrays.stream(kinds)
                .map(kind -> new Endpoint(kind, "127.0.0.1", 0))
                .toList();
        MqttConfig mqtt = new MqttConfig(endpoints, tls, 2, limits(connectTimeout));
        return new GatewayUnderTest(new GatewayConfig(mqtt, IntakeRules.DEFAULT, new Quota.Limit(1, 100)));
    }

    private static Limits limits(Duration connectTimeout) {
        return new Limits(64 * 1024, 16, 4, connectTimeout, Duration.ofMinutes(60), Duration.ofSeconds(2));
    }

    public static GatewayUnderTest start(Duration connectTimeout, Quota.Limit quota) {
        return start(connectTimeout, quota, new PushConfig(keyFile()));
    }

    public static GatewayUnderTest start(Duration connectTimeout, Quota.Limit quota, PushConfig push) {
        Limits limits = limits(connectTimeout);
        return new GatewayUnderTest(
                new GatewayConfig(MqttConfig.local(0, limits), IntakeRules.DEFAULT, quota).withPush(push));
    }

    /** In a new folder. */
    public static Path keyFile() {
        try {
            return Files.createTempDirectory("push").resolve("push.key");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start() {
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                test.database()::dedicatedConnection, test.database().dataSource(), time, LogLimits.defaults()));
        Eventually.until("both lanes are ours", () -> log.status() == EventLog.Status.APPENDING);
        gateway = DeviceGateway.start(new DeviceGateway.Parts(
                new DeviceGateway.Machine(vertx, test.database(), log, time, new SimpleMeterRegistry()),
                new DeviceGateway.Neighbours(
                        new Directory(), (device, subject, kind, at) -> unstored.add(device), access()),
                config));
    }

    private ReadingAccess access() {
        FamilyAccess nobody = (family, subject, scope) -> false;
        Audit remembering = new Audit() {
            @Override
            public void record(Principal who, String action, String subject, String detail) {
                audited.add(action + " " + detail);
            }

            @Override
            public void recordOrCount(Principal who, String action, String subject, String detail) {
                record(who, action, subject, detail);
            }
        };
        return new ReadingAccess(new OneAreaRegister(), nobody, remembering);
    }

    /** Everything stops in good order and starts again on the same database. */
    public void restart() {
        gateway.close();
        log.close();
        start();
    }

    /** Registers a device, bound to a resident of the same name, and returns its key. */
    public String register(String device) {
        DeviceId id = new DeviceId(device);
        bind(device, SubjectId.resident("r-" + device));
        return gateway.credentials().issue(id);
    }

    public void bind(String device, SubjectId subject) {
        DeviceId id = new DeviceId(device);
        Binding binding = new Binding(subject, Instant.EPOCH, null);
        register.put(id, new DeviceProfile(id, "watch", "W1", false, Duration.ofMinutes(5), List.of(binding)));
    }

    /** Registers a relay or a vendor account, bound to a home of the same name, and returns its key. */
    public String registerSpeaker(String device, SenderKind kind, String topics) {
        DeviceId id = new DeviceId(device);
        put(id, topics, new Line(kind, "", null), SubjectId.dwelling("d-" + device));
        return gateway.credentials().issue(id);
    }

    /** Puts a device, bound to a resident of the same name, on a speaker's list. */
    public void list(String speaker, String name, String device) {
        DeviceId id = new DeviceId(device);
        Line line = new Line(SenderKind.DEVICE, "", new DeviceId(speaker));
        put(id, DeviceModel.OWN_TOPICS, line, SubjectId.resident("r-" + device));
        lists.computeIfAbsent(new DeviceId(speaker), s -> new ConcurrentHashMap<>())
                .put(name, id);
    }

    private void put(DeviceId id, String topics, Line line, SubjectId subject) {
        DeviceModel make =
                new DeviceModel("watch", "W1", false, Duration.ofMinutes(5), topics, ZoneId.of("Asia/Shanghai"));
        Binding binding = new Binding(subject, Instant.EPOCH, null);
        register.put(id, new DeviceProfile(id, make, Standing.IN_USE, line, List.of(binding)));
    }

    public void stand(String device, Standing standing) {
        register.computeIfPresent(
                new DeviceId(device), (id, p) -> new DeviceProfile(id, p.make(), standing, p.line(), p.bindings()));
    }

    public void unregister(String device) {
        register.remove(new DeviceId(device));
    }

    public int port() {
        return gateway.mqttPort();
    }

    /** Of the endpoint at that place of the list. */
    public int port(int endpoint) {
        return gateway.mqttPort(endpoint);
    }

    public DeviceGateway gateway() {
        return gateway;
    }

    public PostgresEventLog log() {
        return log;
    }

    public TestDatabase database() {
        return test;
    }

    public SettableTime time() {
        return time;
    }

    /** What was recorded in the audit: the action and its detail. */
    public List<String> audited() {
        return audited;
    }

    public BlockingQueue<DeviceId> unstored() {
        return unstored;
    }

    /** Everything that one device has in a lane. */
    public List<LogEntry> logged(Lane lane, String device) throws InterruptedException {
        List<LogEntry> found = new ArrayList<>();
        long newest = log.newest(lane);
        for (long at = 0; at < newest; at++) {
            LogBatch batch = log.next(lane, at, Duration.ofSeconds(5));
            batch.entries().stream()
                    .filter(e -> e.device().value().equals(device))
                    .forEach(found::add);
        }
        return found;
    }

    /** How often something of one device was counted under a reason. */
    public long setAside(String device, String reason) {
        return test.database()
                .inTransaction(handle -> handle.createQuery("select coalesce(sum(count), 0) from gateway.set_aside"
                                + " where device = :device and reason = :reason")
                        .bind("device", device)
                        .bind("reason", reason)
                        .mapTo(Long.class)
                        .one());
    }

    /** The stock register, as a test has filled it. */
    private final class Directory implements DeviceDirectory {
        @Override
        public Optional<DeviceProfile> find(DeviceId id) {
            return Optional.ofNullable(register.get(id));
        }

        @Override
        public Map<DeviceId, Map<String, DeviceProfile>> children(Collection<DeviceId> speakers) {
            Map<DeviceId, Map<String, DeviceProfile>> found = new HashMap<>();
            for (DeviceId speaker : speakers) {
                Map<String, DeviceProfile> children = new HashMap<>();
                lists.getOrDefault(speaker, Map.of()).forEach((name, id) -> children.put(name, register.get(id)));
                found.put(speaker, children);
            }
            return found;
        }
    }

    @Override
    public void close() {
        gateway.close();
        log.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        test.close();
    }
}
