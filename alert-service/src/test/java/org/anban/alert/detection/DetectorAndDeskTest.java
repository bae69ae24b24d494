package org.anban.alert.detection;

import static org.anban.alert.rule.Entries.WANG;
import static org.anban.alert.rule.Entries.alarm;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anban.alert.deadline.DeadlineStore;
import org.anban.alert.incident.Clocks;
import org.anban.alert.incident.IncidentConfig;
import org.anban.alert.incident.IncidentStore;
import org.anban.alert.incident.Records;
import org.anban.alert.intake.IncidentDesk;
import org.anban.alert.notice.NoticeStore;
import org.anban.alert.register.PatientRegister;
import org.anban.alert.rule.Entries;
import org.anban.alert.rule.Register;
import org.anban.alert.rule.RuleConfig;
import org.anban.alert.rule.RulePack;
import org.anban.alert.signal.SignalStore;
import org.anban.alert.story.Story;
import org.anban.alert.wake.Bell;
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

/** The detector and the real incident desk on the real log. */
@Timeout(120)
class DetectorAndDeskTest {
    private final SettableTime time = new SettableTime(Entries.START);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Register register = new Register();
    private TestDatabase database;
    private PostgresEventLog log;
    private PatientRegister patient;
    private Detector detector;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        database.database().migrate("event_log");
        database.database().migrate("alert");
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                database.database()::dedicatedConnection,
                database.database().dataSource(),
                time,
                LogLimits.defaults()));
        patient = new PatientRegister(register, Duration.ofSeconds(1));
        detector = detector();
    }

    @AfterEach
    void stop() {
        detector.close();
        patient.close();
        log.close();
        database.close();
    }

    private Detector detector() {
        Records records = new Records(new IncidentStore(), new SignalStore(), new Story(), new NoticeStore());
        Clocks clocks = new Clocks(new DeadlineStore(), records.story(), IncidentConfig.DEFAULT);
        return Detector.start(new Detector.Parts(
                database.database(),
                log,
                register,
                register,
                new IncidentDesk(records, clocks, patient, new Bell(), metrics),
                time,
                metrics,
                RulePack.standard(RuleConfig.DEFAULT)));
    }

    private void append(LogEntry... entries) {
        CompletableFuture<EventLog.Outcome> outcome = new CompletableFuture<>();
        log.append(Lane.ALARM, List.of(entries), outcome::complete);
        assertThat(outcome.orTimeout(15, TimeUnit.SECONDS).join()).isEqualTo(EventLog.Outcome.COMMITTED);
        long newest = log.newest(Lane.ALARM);
        Eventually.until("evaluated", () -> detector.evaluatedUpTo(Lane.ALARM) >= newest);
    }

    private List<String> incidents() {
        return database.database().inTransaction(handle -> handle.createQuery(
                        "select concat_ws(' ', state, kind, priority, subject) from alert.incident order by opened_at, kind")
                .mapTo(String.class)
                .list());
    }

    @Test
    void twoDevicesOfOneResidentMakeOneIncident() {
        append(alarm("w-1", ReportKind.SOS, "1", 0), alarm("b-1", ReportKind.SOS, "1", 0));
        append(alarm("w-1", ReportKind.SOS, "2", 1));

        assertThat(incidents()).containsExactly("OPEN SOS P0 " + WANG);
    }

    @Test
    void aClosedSosThatIsSentAgainOrEvaluatedAgainOpensNothing() {
        append(alarm("b-1", ReportKind.SOS, "1", 0));
        database.database()
                .inTransaction(handle -> handle.execute("update alert.incident set state = 'CLOSED',"
                        + " ended_at = opened_at, ended_by = 'operator', disposition = 'ACCIDENTAL'"));

        append(alarm("b-1", ReportKind.SOS, "1", 0));
        assertThat(incidents()).hasSize(1);

        detector.close();
        database.database().inTransaction(handle -> handle.execute("delete from alert.lane_position"));
        database.database().inTransaction(handle -> handle.execute("delete from alert.rule_state"));
        detector = detector();
        append(alarm("b-1", ReportKind.SMOKE, "2", 0));
        assertThat(incidents()).containsExactlyInAnyOrder("CLOSED SOS P0 " + WANG, "OPEN SMOKE P0 " + WANG);
    }

    @Test
    void aFallIsCancelledWhicheverComesFirst() {
        append(alarm("w-1", ReportKind.FALL, "f1", 0));
        append(alarm("w-1", ReportKind.FALL_CANCELLED, "c1", 10));
        append(alarm("w-1", ReportKind.FALL_CANCELLED, "c2", 110), alarm("w-1", ReportKind.FALL, "f2", 100, 111));

        assertThat(incidents()).containsExactly("CANCELLED FALL P3 " + WANG, "CANCELLED FALL P3 " + WANG);
    }

    @Test
    void aCancelOfOneDeviceLeavesTheCandidateOfAnother() {
        append(alarm("w-1", ReportKind.FALL, "f1", 0), alarm("p-1", ReportKind.FALL, "f1", 1));
        append(alarm("w-1", ReportKind.FALL_CANCELLED, "c1", 10));

        assertThat(incidents()).containsExactly("CANDIDATE FALL P3 " + WANG);
    }

    private void told(LogEntry... entries) {
        CompletableFuture<EventLog.Outcome> outcome = new CompletableFuture<>();
        log.append(Lane.TELEMETRY, List.of(entries), outcome::complete);
        assertThat(outcome.orTimeout(15, TimeUnit.SECONDS).join()).isEqualTo(EventLog.Outcome.COMMITTED);
    }

    /** Lets the log's clock come to this second. */
    private void until(int second) {
        time.set(Entries.at(second));
        Eventually.until("the log's clock at " + second, () -> detector.health().lanes().stream()
                .allMatch(lane -> !lane.clock().isBefore(Entries.at(second))));
    }

    private void sixHomesWithoutPower() {
        for (int i = 0; i < 6; i++) {
            SubjectId subject = SubjectId.resident("r-" + i);
            register.device("d-" + i, "watch", false, Duration.ofSeconds(30), subject);
            register.home(subject, "d/t/east");
            told(Entries.reading(subject, "d-" + i, Signal.BATTERY, 80, 0, 0));
        }
        for (int second = 10; second <= 80; second += 10) {
            until(second);
        }
        Eventually.passes(() -> assertThat(incidents()).containsExactly("OPEN AREA_OUTAGE P2 area:d/t/east"));
    }

    @Test
    void whenAPersonClosesAnOutageWhoIsStillSilentIsFollowedOneByOne() {
        sixHomesWithoutPower();
        database.database()
                .inTransaction(handle -> handle.execute("update alert.incident set state = 'CLOSED',"
                        + " ended_at = opened_at, ended_by = 'operator', disposition = 'OTHER'"));
        for (int second = 90; second <= 130; second += 10) {
            until(second);
        }

        Eventually.passes(() -> assertThat(incidents())
                .filteredOn(incident -> incident.startsWith("OPEN DEVICE_SILENT P4"))
                .hasSize(6));
        assertThat(incidents()).hasSize(7);
    }

    /** As a version of the rules does that remembers in another form. */
    private void restartWithoutMemories(String changes) {
        detector.close();
        database.database().inTransaction(handle -> handle.execute("update alert.rule_state set " + changes));
        detector = detector();
    }

    @Test
    void whoHasBeenSilentForLongerThanTheLogIsReadBackIsNotForgotten() {
        register.device("w-1", "watch", false, Duration.ofSeconds(20), WANG);
        told(Entries.reading("w-1", Signal.BATTERY, 80, 0));
        until(10);
        until(3000);
        restartWithoutMemories("version = 99");
        for (int second = 3010; second <= 3070; second += 10) {
            until(second);
        }

        Eventually.passes(() -> assertThat(incidents()).containsExactly("OPEN DEVICE_SILENT P4 " + WANG));
    }

    @Test
    void anOutageIsNotOverBecauseMemoriesAreLost() {
        sixHomesWithoutPower();
        until(3000);
        restartWithoutMemories("version = 99, heard = '[]'");
        for (int second = 3010; second <= 3070; second += 10) {
            until(second);
        }

        assertThat(silentMembers()).isEqualTo(6);
        told(Entries.reading(SubjectId.resident("r-1"), "d-1", Signal.BATTERY, 80, 3070, 3070));
        until(3080);
        Eventually.passes(() -> assertThat(silentMembers()).isEqualTo(5));
    }

    private int silentMembers() {
        return database.database().inTransaction(handle -> handle.createQuery(
                        "select count(*) from alert.group_outage_member where back_at is null")
                .mapTo(Integer.class)
                .one());
    }
}
