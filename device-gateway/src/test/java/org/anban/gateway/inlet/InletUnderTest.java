package org.anban.gateway.inlet;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.command.Commands;
import org.anban.gateway.intake.Intake;
import org.anban.gateway.intake.IntakeRules;
import org.anban.gateway.presence.PresenceRules;
import org.anban.gateway.presence.Presences;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;

/** An inlet on a real log and database, with a register of devices that a test fills. */
public final class InletUnderTest implements AutoCloseable {
    private final TestDatabase test = TestDatabase.create();
    private final Vertx vertx = Vertx.vertx();
    private final SettableTime time = new SettableTime(Instant.parse("2026-01-05T00:30:00Z"));
    private final Map<DeviceId, DeviceProfile> register = new ConcurrentHashMap<>();
    private final Map<DeviceId, Map<String, DeviceProfile>> lists = new ConcurrentHashMap<>();
    private final BlockingQueue<String> unstored = new LinkedBlockingQueue<>();
    private final AtomicBoolean registerAnswers = new AtomicBoolean(true);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Commands commands = new Commands(test.database(), time);
    private final PostgresEventLog log;
    private final SetAsides setAsides;
    private final Presences presences;
    private final Inlet inlet;

    public InletUnderTest(Quota.Limit quota, InletLimits limits) {
        test.database().migrate("event_log");
        test.database().migrate("gateway");
        log = openLog();
        setAsides = SetAsides.open(test.database(), time, metrics);
        presences = Presences.open(new Presences.Parts(test.database(), log, time, PresenceRules.DEFAULT), metrics);
        Intake.Parts intake =
                new Intake.Parts(log, time, new Consoles(), setAsides, presences, IntakeRules.DEFAULT, metrics);
        inlet = Inlet.open(vertx, new Inlet.Parts(intake, new Register(), quota, limits));
    }

    /** Another log on the same database: it stands by while the first is open. */
    public PostgresEventLog openLog() {
        return PostgresEventLog.open(new PostgresEventLog.Parts(
                test.database()::dedicatedConnection, test.database().dataSource(), time, LogLimits.defaults()));
    }

    public Inlet inlet() {
        return inlet;
    }

    public Commands commands() {
        return commands;
    }

    public String stateOfCommand(String id) {
        return test.database()
                .inTransaction(handle -> handle.createQuery("select state from gateway.command where id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .one());
    }

    /** How many alarms of a device can be lost, for all that was written of it. */
    public long mayBeLost(String device) {
        return test.database().inTransaction(handle -> handle.createQuery(
                        "select coalesce(sum(may_be_lost), 0) from gateway.presence where device = :device")
                .bind("device", device)
                .mapTo(Long.class)
                .one());
    }

    public SetAsides setAsides() {
        return setAsides;
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

    public SimpleMeterRegistry metrics() {
        return metrics;
    }

    /** How often something was set aside for a reason. */
    public double setAside(String reason) {
        return metrics.counter("anban.gateway.set.aside", "reason", reason).count();
    }

    /** The example of what a device sent that was written; empty if there is none yet. */
    public String example(String device, String reason) {
        return test.database().inTransaction(handle -> handle.createQuery(
                        "select last_example from gateway.set_aside where device = :device and reason = :reason")
                .bind("device", device)
                .bind("reason", reason)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
    }

    /** Whether the register answers, or fails. */
    public void registerAnswers(boolean yes) {
        registerAnswers.set(yes);
    }

    public void register(String device) {
        register(device, Standing.IN_USE, Line.OWN);
    }

    public void register(String device, Standing standing, Line line) {
        register(device, standing, line, DeviceModel.OWN_TOPICS);
    }

    /** Whoever speaks for others, on the topics of a family. */
    public void registerSpeaker(String device, SenderKind kind, String topics) {
        register(device, Standing.IN_USE, new Line(kind, "", null), topics);
    }

    private void register(String device, Standing standing, Line line, String topics) {
        DeviceId id = new DeviceId(device);
        Binding binding = new Binding(SubjectId.resident("r-" + device), Instant.EPOCH, null);
        DeviceModel model =
                new DeviceModel("watch", "W1", false, Duration.ofMinutes(5), topics, ZoneId.of("Asia/Shanghai"));
        register.put(id, new DeviceProfile(id, model, standing, line, List.of(binding)));
    }

    /** Puts a registered device on the list of a sender. */
    public void list(String speaker, String name, String device) {
        lists.computeIfAbsent(new DeviceId(speaker), id -> new ConcurrentHashMap<>())
                .put(name, register.get(new DeviceId(device)));
    }

    /** Speaker, name and kind of what was shown as not stored. */
    public BlockingQueue<String> unstored() {
        return unstored;
    }

    private final class Consoles implements UnstoredAlarms {
        @Override
        public void received(DeviceId device, SubjectId subject, ReportKind kind, Instant at) {
            unlisted(device, "", subject, kind, at);
        }

        @Override
        public void unlisted(DeviceId speaker, String name, SubjectId subject, ReportKind kind, Instant at) {
            unstored.add(speaker + "/" + name + " " + kind);
        }
    }

    private final class Register implements DeviceDirectory {
        @Override
        public Optional<DeviceProfile> find(DeviceId id) {
            if (!registerAnswers.get()) {
                throw new IllegalStateException("the register does not answer");
            }
            return Optional.ofNullable(register.get(id));
        }

        @Override
        public Map<DeviceId, Map<String, DeviceProfile>> children(Collection<DeviceId> speakers) {
            return lists;
        }
    }

    /** Everything that is in a lane. */
    public List<LogEntry> logged(Lane lane) {
        try {
            List<LogEntry> all = new ArrayList<>();
            long newest = log.newest(lane);
            for (long at = 0; at < newest; at++) {
                all.addAll(log.next(lane, at, Duration.ofSeconds(5)).entries());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Holds a table of the log against writers until it is rolled back. */
    public Connection locked(String table) throws SQLException {
        Connection connection = test.database().dedicatedConnection("test lock");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table event_log." + table + " in exclusive mode");
        }
        return connection;
    }

    @Override
    public void close() {
        inlet.close();
        presences.close();
        setAsides.close();
        log.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        test.close();
    }
}
