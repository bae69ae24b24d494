package org.anban.alert.detection;

import static org.anban.alert.rule.Entries.WANG;
import static org.anban.alert.rule.Entries.alarm;
import static org.anban.alert.rule.Entries.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.alert.blackout.Blackout;
import org.anban.alert.blackout.BlackoutStore;
import org.anban.alert.rule.Entries;
import org.anban.alert.rule.Register;
import org.anban.alert.rule.RuleConfig;
import org.anban.alert.rule.RulePack;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.EventLog;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DetectorTest {
    private final SettableTime time = new SettableTime(Entries.START);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Register register = new Register();
    private TestDatabase database;
    private PostgresEventLog log;
    private RecordingDesk desk;
    private Detector detector;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        database.database().migrate("event_log");
        database.database().migrate("alert");
        log = open(Duration.ofMillis(50));
        desk = new RecordingDesk(database.database());
        detector = detector();
    }

    private PostgresEventLog open(Duration tickEvery) {
        LogLimits.Pace pace = LogLimits.defaults().pace();
        return PostgresEventLog.open(new PostgresEventLog.Parts(
                database.database()::dedicatedConnection,
                database.database().dataSource(),
                time,
                LogLimits.defaults()
                        .with(new LogLimits.Pace(
                                tickEvery,
                                pace.lockEvery(),
                                pace.pollEvery(),
                                pace.answerWithin(),
                                pace.closeWithin()))));
    }

    @AfterEach
    void stop() {
        detector.close();
        log.close();
        database.close();
    }

    private Detector detector() {
        return Detector.start(new Detector.Parts(
                database.database(),
                log,
                register,
                register,
                desk,
                time,
                metrics,
                RulePack.standard(RuleConfig.DEFAULT)));
    }

    private void append(LogEntry... entries) {
        CompletableFuture<EventLog.Outcome> outcome = new CompletableFuture<>();
        log.append(entries[0].event().lane(), List.of(entries), outcome::complete);
        assertThat(outcome.orTimeout(15, TimeUnit.SECONDS).join()).isEqualTo(EventLog.Outcome.COMMITTED);
    }

    /** Waits until everything that is in the log now is evaluated. */
    private void evaluated() {
        for (Lane lane : Lane.values()) {
            long newest = log.newest(lane);
            Eventually.until(lane + " evaluated", () -> detector.evaluatedUpTo(lane) >= newest);
        }
    }

    private boolean leads() {
        return detector.health().lanes().stream().allMatch(DetectorHealth.LaneHealth::leading);
    }

    private void restart() {
        detector.close();
        detector = detector();
    }

    private void sql(String statement) {
        database.database().inTransaction(handle -> handle.execute(statement));
    }

    @Test
    void whatIsLoggedReachesTheDeskOnceAndInOrder() {
        append(alarm("b-1", ReportKind.SOS, "1", 0), alarm("b-2", ReportKind.SMOKE, "1", 0));
        append(alarm("b-3", ReportKind.FALL, "1", 0));

        evaluated();

        assertThat(desk.said()).containsExactly("RAISE SOS P0 b-1", "RAISE SMOKE P0 b-2", "SUSPECT FALL P3 b-3");
        assertThat(desk.commits()).isPositive();
    }

    @Test
    void aRestartSaysNothingAgainAndRemembersWhatItHeard() {
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        append(reading("w-1", Signal.HEART_RATE, 130, 0), reading("w-1", Signal.HEART_RATE, 130, 1));
        evaluated();

        restart();
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        append(reading("w-1", Signal.HEART_RATE, 130, 2));
        evaluated();

        assertThat(desk.said())
                .containsExactlyInAnyOrder("RAISE SOS P0 b-1", "NOTE SOS P4 b-1", "RAISE HEART_RATE_HIGH P2 w-1");
    }

    @Test
    void whatWasLoggedWhileNobodyEvaluatedIsEvaluatedAfterwards() {
        detector.close();
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        detector = detector();
        evaluated();

        assertThat(desk.said()).containsExactly("RAISE SOS P0 b-1");
    }

    @Test
    void aTransactionThatFailsIsTriedAgainAndHasOneEffect() {
        AtomicInteger attempts = new AtomicInteger();
        desk.before(signal -> {
            if (attempts.incrementAndGet() <= 3) {
                throw CareException.unavailable("the database is away", null);
            }
        });
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        append(alarm("b-2", ReportKind.SOS, "1", 0));
        evaluated();

        assertThat(desk.said()).containsExactly("RAISE SOS P0 b-1", "RAISE SOS P0 b-2");
        assertThat(attempts).hasValue(5);
    }

    @Test
    void aSignalThatTheDeskCannotTakeHoldsUpNobodyAndAPersonMustLook() {
        desk.before(signal -> {
            if ("poison".equals(signal.device()) && signal.id().startsWith("A-")) {
                throw new IllegalStateException("the desk cannot take it");
            }
        });
        append(
                alarm("b-1", ReportKind.SOS, "1", 0),
                alarm("poison", ReportKind.SOS, "1", 0),
                alarm("b-2", ReportKind.SOS, "1", 0));
        append(alarm("b-3", ReportKind.SOS, "1", 0));
        evaluated();

        assertThat(desk.said())
                .containsExactly(
                        "RAISE SOS P0 b-1", "RAISE NOT_EVALUATED P1 poison", "RAISE SOS P0 b-2", "RAISE SOS P0 b-3");
        assertThat(detector.setAside(10)).singleElement().satisfies(event -> {
            assertThat(event.device()).isEqualTo("poison");
            assertThat(event.place()).isEqualTo(1);
            assertThat(event.error()).contains("the desk cannot take it");
        });
    }

    @Test
    void ofTwoDetectorsOneEvaluatesAndTheOtherTakesOver() {
        Eventually.until("both lanes lead", this::leads);
        try (Detector other = detector()) {
            append(alarm("b-1", ReportKind.SOS, "1", 0));
            evaluated();
            assertThat(other.health().lanes()).noneMatch(DetectorHealth.LaneHealth::leading);
            Eventually.until("the other sees how far it is evaluated", () -> other.evaluatedUpTo(Lane.ALARM) > 0);

            detector.close();
            append(alarm("b-1", ReportKind.SOS, "1", 0));
            append(alarm("b-2", ReportKind.SOS, "1", 0));
            Eventually.passes(() ->
                    assertThat(desk.said()).containsExactly("RAISE SOS P0 b-1", "NOTE SOS P4 b-1", "RAISE SOS P0 b-2"));
        }
    }

    @Test
    void whoeverIsOvertakenHasNoEffectAndLoadsAgain() throws InterruptedException {
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        evaluated();
        CountDownLatch trying = new CountDownLatch(1);
        CountDownLatch overtaken = new CountDownLatch(1);
        desk.before(signal -> {
            trying.countDown();
            if (overtaken.getCount() > 0) {
                throw CareException.unavailable("a network that is lost", null);
            }
        });
        append(alarm("b-2", ReportKind.SOS, "1", 0));
        assertThat(trying.await(15, TimeUnit.SECONDS)).isTrue();
        sql("update alert.lane_position set position = " + log.newest(Lane.ALARM)
                + " where consumer = 'detector-ALARM'");
        overtaken.countDown();
        append(alarm("b-3", ReportKind.SOS, "1", 0));
        evaluated();

        assertThat(desk.said())
                .as("b-2 is left to whoever took over")
                .containsExactly("RAISE SOS P0 b-1", "RAISE SOS P0 b-3");
    }

    @Test
    void whatRulesRememberIsRebuiltFromTheLogIfItCannotBeRead() {
        append(alarm("b-1", ReportKind.SOS, "1", 0), alarm("b-1", ReportKind.FALL, "2", 0));
        evaluated();
        detector.close();
        sql("update alert.rule_state set version = 99");
        detector = detector();
        append(alarm("b-1", ReportKind.SOS, "1", 0), alarm("b-1", ReportKind.FALL_CANCELLED, "3", 5));
        evaluated();

        assertThat(desk.said())
                .containsExactly("RAISE SOS P0 b-1", "SUSPECT FALL P3 b-1", "NOTE SOS P4 b-1", "CANCEL FALL P3 b-1");
        assertThat(metrics.counter("anban.detector.rebuilt", "lane", "ALARM").count())
                .isEqualTo(1);
    }

    @Test
    void aDamagedBatchIsSteppedOverAlsoWhenWhatRulesRememberIsRebuilt() {
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        append(alarm("b-2", ReportKind.FALL, "2", 0));
        evaluated();
        detector.close();
        log.close();
        sql("update event_log.alarm_batch set body = '\\x00' where number ="
                + " (select min(number) from event_log.alarm_batch where entries > 0)");
        sql("update alert.rule_state set version = 99");
        log = open(Duration.ofMillis(50));
        detector = detector();
        append(alarm("b-2", ReportKind.FALL_CANCELLED, "3", 5));
        evaluated();

        assertThat(desk.said()).containsExactly("RAISE SOS P0 b-1", "SUSPECT FALL P3 b-2", "CANCEL FALL P3 b-2");
        assertThat(metrics.counter("anban.detector.rebuilt", "lane", "ALARM").count())
                .isEqualTo(1);
    }

    @Test
    void aDamagedBatchOfTheLogIsSteppedOverAndRaised() {
        detector.close();
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        append(alarm("b-2", ReportKind.SOS, "1", 0));
        log.close();
        sql("update event_log.alarm_batch set body = '\\x00' where number ="
                + " (select min(number) from event_log.alarm_batch where entries > 0)");
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                database.database()::dedicatedConnection,
                database.database().dataSource(),
                time,
                LogLimits.defaults()));
        detector = detector();
        Eventually.passes(() -> assertThat(desk.said()).containsExactly("RAISE NOT_EVALUATED P1", "RAISE SOS P0 b-2"));
        assertThat(detector.setAside(10)).extracting(event -> event.rule()).containsExactly("log");
    }

    @Test
    void anAlarmKeepsASilenceOfItsDeviceFromBeginning() {
        register.device("w-1", "watch", false, Duration.ofSeconds(20), WANG);
        register.device("w-2", "watch", false, Duration.ofSeconds(20), WANG);
        append(reading("w-1", Signal.BATTERY, 80, 0), reading("w-2", Signal.BATTERY, 80, 0));
        for (int second = 25; second <= 75; second += 25) {
            time.set(Entries.at(second));
            append(alarm("w-1", ReportKind.SOS, "s" + second, second));
            evaluated();
            long seen = log.newest(Lane.TELEMETRY);
            Eventually.until("a tick at " + second, () -> log.newest(Lane.TELEMETRY) > seen + 1);
        }

        Eventually.passes(() -> assertThat(desk.said())
                .filteredOn(said -> said.contains("SILENT"))
                .containsExactly("RAISE DEVICE_SILENT P4 w-2"));
    }

    @Test
    void afterOurOwnOutageThereIsAListOfWhomToCheck() {
        append(reading("w-1", Signal.BATTERY, 80, 0));
        append(reading(Entries.LI, "w-2", Signal.BATTERY, 80, 0, 0));
        evaluated();

        time.advance(Duration.ofMinutes(5));
        Eventually.until("an outage", () -> !detector.outages(5).isEmpty());
        append(reading("w-1", Signal.BATTERY, 80, 300));

        Eventually.passes(() -> assertThat(detector.outages(5).get(0).open())
                .extracting(check -> check.subject())
                .containsExactly(Entries.LI));
        assertThat(desk.said()).isEmpty();
        assertThat(detector.outages(5)).hasSize(1);
        restart();
        append(reading(Entries.LI, "w-2", Signal.BATTERY, 80, 300, 300));
        Eventually.passes(() -> assertThat(detector.outages(5).get(0).open()).isEmpty());
    }

    @Test
    void aRegisterThatHangsHoldsUpNoAlarm() {
        register.hang();
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        append(alarm("b-2", ReportKind.FALL, "1", 0));
        evaluated();

        assertThat(desk.said()).containsExactly("RAISE SOS P0 b-1", "SUSPECT FALL P3 b-2");
        register.answer();
    }

    @Test
    void noTickForTenSecondsIsOurOwnAlarm() {
        Eventually.until("both lanes lead", this::leads);
        time.advance(Duration.ofSeconds(11));
        Eventually.until(
                "both lanes tick",
                () -> detector.health().problem(time.instant()).isEmpty());

        log.close();
        evaluated();
        time.advance(Duration.ofSeconds(11));

        assertThat(detector.health().problem(time.instant())).get().asString().contains("seen nothing");
    }

    @Test
    void aLaneThatIsEvaluatedByAnotherProcessAndStandsStillIsOurOwnAlarm() throws InterruptedException {
        Eventually.until("both lanes lead", this::leads);
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        desk.before(signal -> {
            hanging.countDown();
            awaitOrGoOn(released);
        });
        try (Detector beside = detector()) {
            append(alarm("b-1", ReportKind.SOS, "1", 0));
            assertThat(hanging.await(15, TimeUnit.SECONDS)).isTrue();
            time.advance(Duration.ofSeconds(11));
            Eventually.passes(() -> {
                assertThat(beside.health().lanes())
                        .allMatch(lane -> lane.lastTick().equals(time.instant()));
                assertThat(beside.health().problem(time.instant()))
                        .hasValue("detection is 11 s behind the alarm log, in another process");
            });

            released.countDown();
            Eventually.until(
                    "caught up", () -> beside.health().problem(time.instant()).isEmpty());
        } finally {
            released.countDown();
        }
    }

    @Test
    void whoeverReadsABacklogIsNotHealthyUntilItIsEvaluated() {
        DetectorHealth.LaneHealth reading =
                new DetectorHealth.LaneHealth(Lane.ALARM, true, 7, Entries.at(120), Entries.at(0));
        DetectorHealth.LaneHealth caughtUp =
                new DetectorHealth.LaneHealth(Lane.ALARM, true, 9, Entries.at(120), Entries.at(110));

        assertThat(new DetectorHealth(List.of(caughtUp, reading)).problem(Entries.at(120)))
                .hasValue("detection is 120 s behind the alarm log");
        assertThat(new DetectorHealth(List.of(caughtUp)).problem(Entries.at(120)))
                .isEmpty();
    }

    private static void awaitOrGoOn(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aClockThatWasAheadIsOurOwnAlarmUntilItIsPutBackAsItsPageSays() throws IOException {
        register.device("w-1", "watch", false, Duration.ofSeconds(20), WANG);
        time.set(Entries.at(30 * 86_400));
        append(reading("w-1", Signal.BATTERY, 80, 0));
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        evaluated();
        time.set(Entries.at(60));
        evaluated();
        assertThat(detector.health().problem(time.instant()))
                .get()
                .asString()
                .contains("2591940 s ahead", "silence is not noticed");

        detector.close();
        log.close();
        putClockBack();
        log = open(Duration.ofMillis(50));
        detector = detector();
        append(reading("w-1", Signal.BATTERY, 80, 60));
        evaluated();
        assertThat(detector.health().problem(time.instant())).isEmpty();
        for (int second = 80; second <= 140; second += 20) {
            time.set(Entries.at(second));
            long seen = log.newest(Lane.TELEMETRY);
            Eventually.until("a tick at " + second, () -> log.newest(Lane.TELEMETRY) > seen + 1);
        }
        Eventually.passes(
                () -> assertThat(desk.said()).containsExactly("RAISE SOS P0 b-1", "RAISE DEVICE_SILENT P4 w-1"));
    }

    /** What the page tells an operator to run, at the time of this test. */
    private void putClockBack() throws IOException {
        String page = Files.readString(Path.of("../docs/decisions/0007-a-clock-that-was-ahead.md"));
        String commands = page.substring(page.indexOf("```sql") + 6, page.lastIndexOf("```"));
        database.database().inTransaction(handle -> handle.createScript(
                        commands.replace("now()", "timestamptz '" + time.instant() + "'"))
                .execute());
    }

    @Test
    void anOutageOfManyIsKeptOverARestart() {
        for (int i = 0; i < 6; i++) {
            SubjectId subject = SubjectId.resident("r-" + i);
            register.device("w-" + i, "watch", false, Duration.ofSeconds(5), subject);
            register.home(subject, "d/t/east");
            append(reading(subject, "w-" + i, Signal.BATTERY, 80, 0, 0));
        }
        evaluated();
        secondsPass(25);
        assertThat(desk.said()).containsExactly("RAISE AREA_OUTAGE P2");

        restart();
        secondsPass(30);
        assertThat(desk.said()).as("none of a single device").hasSize(1);
        List<Blackout> open = database.database().inTransaction(new BlackoutStore()::open);
        assertThat(open).singleElement().satisfies(outage -> assertThat(outage.members())
                .hasSize(6));
    }

    /** In steps that are no outage of ours. */
    private void secondsPass(int seconds) {
        for (int i = 0; i < seconds; i += 5) {
            time.advance(Duration.ofSeconds(5));
            long before = log.newest(Lane.TELEMETRY);
            Eventually.until("ticks at that time", () -> log.newest(Lane.TELEMETRY) > before + 1);
            evaluated();
        }
    }
}
