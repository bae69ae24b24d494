package org.anban.alert.evaluation;

import static org.anban.alert.rule.Entries.LI;
import static org.anban.alert.rule.Entries.WANG;
import static org.anban.alert.rule.Entries.alarm;
import static org.anban.alert.rule.Entries.at;
import static org.anban.alert.rule.Entries.reading;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.rule.Register;
import org.anban.alert.rule.Rule;
import org.anban.alert.rule.RuleConfig;
import org.anban.alert.rule.RulePack;
import org.anban.alert.rule.Sighting;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.log.LogBatch;
import org.junit.jupiter.api.Test;

class LaneWorkTest {
    private final Register register = new Register();
    private long number;

    private LogBatch batch(Lane lane, double at, LogEntry... entries) {
        return new LogBatch(lane, ++number, at(at), List.of(entries));
    }

    private LogBatch heard(double at, String device) {
        return batch(Lane.TELEMETRY, at, reading(device, Signal.BATTERY, 80, at));
    }

    @Test
    void aDeviceIsSilentWhenTheTicksSaySo() {
        register.device("w-1", "watch", false, Duration.ofSeconds(20), WANG);
        Replay replay = new Replay(Lane.TELEMETRY, register);
        replay.play(heard(0, "w-1"));
        List<AlertSignal> said = new ArrayList<>();
        for (int second = 1; second < 59; second++) {
            said.addAll(replay.play(batch(Lane.TELEMETRY, second)));
        }
        assertThat(said).isEmpty();
        for (int second = 59; second < 70; second++) {
            said.addAll(replay.play(batch(Lane.TELEMETRY, second)));
        }
        assertThat(said).extracting(AlertSignal::kind).containsExactly(IncidentKind.DEVICE_SILENT);
    }

    @Test
    void ourOwnOutageIsNobodysSilenceAndMakesAListOfWhomToCheck() {
        register.device("w-1", "watch", false, Duration.ofSeconds(20), WANG);
        Replay replay = new Replay(Lane.TELEMETRY, register);
        replay.play(heard(0, "w-1"));
        LogEntry li = reading(LI, "w-2", Signal.BATTERY, 80, 1, 1);
        replay.play(batch(Lane.TELEMETRY, 1, li));
        assertThat(replay.play(batch(Lane.TELEMETRY, 30))).isEmpty();

        LaneWork work = replay.work();
        work.evaluate(batch(Lane.TELEMETRY, 3000));

        assertThat(work.effects().spoken()).isEmpty();
        Outage outage = work.effects().outages().get(0);
        assertThat(outage.from()).isEqualTo(at(30));
        assertThat(outage.to()).isEqualTo(at(3000));
        assertThat(outage.checks()).extracting(Outage.Check::subject).containsExactlyInAnyOrder(WANG, LI);

        work.effects().stored();
        work.evaluate(heard(3010, "w-1"));
        assertThat(work.effects().back()).extracting(Rule.SignOfLife::subject).containsExactly(WANG);
        work.effects().stored();
        for (int second = 3020; second < 3070; second += 10) {
            work.evaluate(batch(Lane.TELEMETRY, second));
        }
        assertThat(work.effects().spoken()).as("60 s after it was heard again").isEmpty();
        work.evaluate(batch(Lane.TELEMETRY, 3071));
        assertThat(work.effects().spoken()).hasSize(1);
    }

    @Test
    void aStepOfThirtySecondsIsNoOutage() {
        Replay replay = new Replay(Lane.TELEMETRY, register);
        replay.play(heard(0, "w-1"));
        replay.work().evaluate(batch(Lane.TELEMETRY, 30));
        assertThat(replay.work().effects().outages()).isEmpty();
        replay.work().evaluate(batch(Lane.TELEMETRY, 60.001));
        assertThat(replay.work().effects().outages()).hasSize(1);
    }

    @Test
    void whoWasNotHeardInTheHourBeforeTheOutageIsNotOnTheList() {
        Replay replay = new Replay(Lane.TELEMETRY, register);
        replay.play(heard(0, "w-1"));
        for (int second = 0; second < 3700; second += 20) {
            replay.play(batch(Lane.TELEMETRY, second));
        }
        replay.work().evaluate(batch(Lane.TELEMETRY, 4000));
        assertThat(replay.work().effects().outages().get(0).checks()).isEmpty();
    }

    @Test
    void aSignOfLifeInTheAlarmLaneEndsASilenceAndKeepsOneFromBeginning() {
        register.device("w-1", "watch", false, Duration.ofSeconds(20), WANG);
        Replay replay = new Replay(Lane.TELEMETRY, register);
        replay.play(heard(0, "w-1"));
        replay.play(batch(Lane.TELEMETRY, 30));
        replay.work().heardElsewhere(9, List.of(new Rule.SignOfLife("w-1", WANG, at(55))));
        replay.work().effects().stored();
        for (int second = 60; second < 114; second += 5) {
            assertThat(replay.play(batch(Lane.TELEMETRY, second))).isEmpty();
        }
        assertThat(replay.play(batch(Lane.TELEMETRY, 116))).hasSize(1);

        replay.work().heardElsewhere(9, List.of(new Rule.SignOfLife("w-1", WANG, at(117))));
        assertThat(replay.work().effects().spoken())
                .extracting(spoken -> spoken.signal().action())
                .containsExactly(AlertSignal.Action.NOTE);
    }

    @Test
    void anAlarmIsASignOfLifeForTheOtherLane() {
        Replay replay = new Replay(Lane.ALARM, register);
        replay.work().evaluate(batch(Lane.ALARM, 5, alarm("b-1", ReportKind.SOS, "e1", 5)));

        assertThat(replay.work().effects().heard()).containsExactly(new Rule.SignOfLife("b-1", WANG, at(5)));
        assertThat(replay.work().effects().urgent()).isTrue();
    }

    @Test
    void anAlarmThatMakesARuleThrowIsSetAsideAndAPersonMustLook() {
        RulePack pack = new RulePack(RuleConfig.DEFAULT, withPoison(Lane.ALARM));
        Replay replay = new Replay(Lane.ALARM, register, pack);

        replay.work()
                .evaluate(batch(
                        Lane.ALARM,
                        0,
                        alarm("good", ReportKind.SOS, "1", 0),
                        alarm("poison", ReportKind.SOS, "2", 0),
                        alarm("good", ReportKind.SOS, "3", 0)));

        List<Spoken> spoken = replay.work().effects().spoken();
        assertThat(spoken)
                .extracting(one -> one.place() + " " + one.signal().kind() + " "
                        + one.signal().priority())
                .containsExactly("0 SOS P0", "1 NOT_EVALUATED P1", "1 SOS P0", "2 SOS P0");
        assertThat(spoken).extracting(one -> one.signal().id()).doesNotHaveDuplicates();
        assertThat(replay.work().effects().setAside()).singleElement().satisfies(event -> {
            assertThat(event.rule()).isEqualTo("poisoned");
            assertThat(event.place()).isEqualTo(1);
            assertThat(event.error()).contains("cannot");
        });
    }

    @Test
    void aReadingThatMakesARuleThrowIsSetAsideAndTheOtherRulesGoOn() {
        RulePack pack = new RulePack(RuleConfig.DEFAULT, withPoison(Lane.TELEMETRY));
        Replay replay = new Replay(Lane.TELEMETRY, register, pack);
        for (int second = 0; second < 3; second++) {
            replay.work().evaluate(batch(Lane.TELEMETRY, second, reading("poison", Signal.HEART_RATE, 150, second)));
        }
        assertThat(replay.work().effects().setAside()).hasSize(3);
        assertThat(replay.work().effects().spoken())
                .extracting(spoken -> spoken.signal().kind())
                .containsExactly(IncidentKind.HEART_RATE_HIGH);
    }

    @Test
    void partOfTheAlarmLogThatCannotBeReadIsAnAlarmOfItsOwn() {
        Replay replay = new Replay(Lane.ALARM, register);
        replay.work().stepOver(7, "damaged");

        assertThat(replay.work().progress().batch()).isEqualTo(7);
        assertThat(replay.work().effects().spoken()).singleElement().satisfies(spoken -> {
            assertThat(spoken.signal().kind()).isEqualTo(IncidentKind.NOT_EVALUATED);
            assertThat(spoken.signal().priority()).isEqualTo(Priority.P1);
        });
    }

    private static List<Rule> withPoison(Lane lane) {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Poisoned(lane));
        rules.addAll(RulePack.standard(RuleConfig.DEFAULT).rules());
        return rules;
    }

    /** Fails on whatever the device {@code poison} sends. */
    private record Poisoned(Lane lane) implements Rule {
        @Override
        public String name() {
            return "poisoned";
        }

        @Override
        public boolean judge(Sighting sighting, SubjectMemory memory, Consumer<AlertSignal> say) {
            if (sighting.entry().device().value().equals("poison")) {
                throw new IllegalStateException("this rule cannot judge it");
            }
            return false;
        }
    }
}
