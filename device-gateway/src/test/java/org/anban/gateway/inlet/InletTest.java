package org.anban.gateway.inlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.Lane;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.intake.Intake;
import org.anban.gateway.intake.IntakeRules;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of messages that others hand in. */
@Timeout(120)
class InletTest {
    private static final String HEART_RATE = "{\"heartRate\":72}";
    private static final String SOS = "{\"type\":\"sos\"}";

    private final TestDatabase test = TestDatabase.create();
    private final Vertx vertx = Vertx.vertx();
    private final SettableTime time = new SettableTime(java.time.Instant.parse("2026-01-05T00:30:00Z"));
    private final Map<DeviceId, DeviceProfile> register = new ConcurrentHashMap<>();
    private final AtomicBoolean registerAnswers = new AtomicBoolean(true);
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private PostgresEventLog log;
    private SetAsides setAsides;
    private Inlet inlet;

    @BeforeEach
    void start() {
        test.database().migrate("event_log");
        test.database().migrate("gateway");
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                test.database()::dedicatedConnection, test.database().dataSource(), time, LogLimits.defaults()));
        setAsides = SetAsides.open(test.database(), time, metrics);
        DeviceDirectory directory = id -> {
            if (!registerAnswers.get()) {
                throw new IllegalStateException("the register does not answer");
            }
            return Optional.ofNullable(register.get(id));
        };
        Intake.Parts intake =
                new Intake.Parts(log, time, (device, subject, kind, at) -> {}, setAsides, IntakeRules.DEFAULT, metrics);
        inlet = Inlet.open(
                vertx, new Inlet.Parts(intake, directory, new Quota.Limit(1, 20), new InletLimits(10, 1_000_000)));
    }

    @AfterEach
    void stop() {
        inlet.close();
        setAsides.close();
        log.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        test.close();
    }

    @Test
    void whatIsHandedInIsAnsweredWhenItIsInTheLog() throws Exception {
        register("w-1");
        assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.COMMITTED);
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
        assertThat(logged(Lane.TELEMETRY)).isEqualTo(1);
        assertThat(logged(Lane.ALARM)).isEqualTo(1);
    }

    @Test
    void whatCannotBeUsedIsSetAsideWithItsReason() throws Exception {
        register("w-1");
        assertThat(take("w-1", Topic.TELEMETRY, "nonsense")).isEqualTo(Answer.setAside(Reason.UNPARSEABLE));
        assertThat(take("w-1", Topic.EVENT, "{\"type\":\"dance\"}")).isEqualTo(Answer.setAside(Reason.UNKNOWN_EVENT));
        assertThat(take("stranger", Topic.EVENT, SOS)).isEqualTo(Answer.setAside(Reason.UNKNOWN_DEVICE));
        assertThat(take("../etc", Topic.EVENT, SOS)).isEqualTo(Answer.setAside(Reason.UNKNOWN_DEVICE));
        assertThat(metrics.counter("anban.gateway.set.aside", "reason", "unknown-device")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void telemetryAboveTheQuotaIsSetAsideAndAlarmsAreNot() throws Exception {
        register("w-1");
        for (int i = 0; i < 20; i++) {
            assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.COMMITTED);
        }
        Answer above = Answer.COMMITTED;
        for (int i = 0; i < 200 && above.equals(Answer.COMMITTED); i++) {
            above = take("w-1", Topic.TELEMETRY, HEART_RATE);
        }
        assertThat(above).isEqualTo(Answer.setAside(Reason.OVER_QUOTA));
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
    }

    @Test
    void telemetryThatWaitsIsToldToComeAgainAndHoldsUpNoAlarm() throws Exception {
        register("w-1");
        try (Connection lock = test.database().dedicatedConnection("test lock")) {
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("lock table event_log.telemetry_batch in exclusive mode");
            }
            for (int i = 0; i < 10; i++) {
                inlet.take("w-1", Topic.TELEMETRY, bytes(HEART_RATE), answers::add);
            }
            assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.BUSY);
            assertThat(take("w-1", Topic.EVENT, "{\"type\":\"door-opened\"}")).isEqualTo(Answer.BUSY);
            assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
            lock.rollback();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(Answer.COMMITTED);
        }
        assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.COMMITTED);
    }

    @Test
    void whileTheRegisterIsSilentKnownDevicesAreHeardAndOthersWait() throws Exception {
        register("w-1");
        register("w-2");
        assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.COMMITTED);
        registerAnswers.set(false);
        BlockingQueue<Answer> ofOther = new LinkedBlockingQueue<>();
        inlet.take("w-2", Topic.EVENT, bytes(SOS), ofOther::add);
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
        assertThat(ofOther).isEmpty();
        registerAnswers.set(true);
        assertThat(ofOther.poll(30, TimeUnit.SECONDS)).isEqualTo(Answer.COMMITTED);
    }

    @Test
    void aDeviceThatIsRegisteredLaterIsHeardThen() throws Exception {
        assertThat(take("w-3", Topic.EVENT, SOS)).isEqualTo(Answer.setAside(Reason.UNKNOWN_DEVICE));
        register("w-3");
        Eventually.until("the register is asked again", Duration.ofSeconds(60), () -> take("w-3", Topic.EVENT, SOS)
                .equals(Answer.COMMITTED));
    }

    @Test
    void whatTheLogRefusesIsRefused() throws Exception {
        register("w-1");
        log.close();
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.REFUSED);
    }

    @Test
    void whoeverWaitsForTheRegisterIsRefusedWhenItCloses() throws Exception {
        registerAnswers.set(false);
        inlet.take("w-1", Topic.EVENT, bytes(SOS), answers::add);
        inlet.close();
        assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(Answer.REFUSED);
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.REFUSED);
    }

    private Answer take(String device, Topic topic, String payload) throws InterruptedException {
        BlockingQueue<Answer> own = new LinkedBlockingQueue<>();
        inlet.take(device, topic, bytes(payload), own::add);
        return own.poll(30, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void register(String device) {
        DeviceId id = new DeviceId(device);
        Binding binding = new Binding(SubjectId.resident("r-" + device), java.time.Instant.EPOCH, null);
        register.put(id, new DeviceProfile(id, "watch", "W1", false, Duration.ofMinutes(5), List.of(binding)));
    }

    private int logged(Lane lane) throws InterruptedException {
        int count = 0;
        long newest = log.newest(lane);
        for (long at = 0; at < newest; at++) {
            count += log.next(lane, at, Duration.ofSeconds(5)).entries().size();
        }
        return count;
    }
}
