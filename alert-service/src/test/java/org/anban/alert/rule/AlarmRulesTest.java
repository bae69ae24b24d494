package org.anban.alert.rule;

import static org.anban.alert.rule.Entries.LI;
import static org.anban.alert.rule.Entries.WANG;
import static org.anban.alert.rule.Entries.alarm;
import static org.anban.alert.rule.Entries.at;
import static org.anban.alert.rule.Scene.brief;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlarmRulesTest {
    private final Scene scene = new Scene();

    @ParameterizedTest
    @CsvSource({
        "SOS,SOS pressed on watch w-1",
        "SMOKE,SMOKE detected by watch w-1",
        "GAS,GAS detected",
        "CO,CO detected"
    })
    void dangerIsRaisedAsP0(ReportKind kind, String words) {
        scene.register.device("w-1", "watch", false, Duration.ofHours(1), WANG);

        AlertSignal signal = scene.play(alarm("w-1", kind, "e1", 0)).get(0);

        assertThat(brief(java.util.List.of(signal))).containsExactly("RAISE " + kind + " P0");
        assertThat(signal.text()).startsWith(words).contains("2026-01-05 08:00:00 +08:00");
        assertThat(signal.subject()).isEqualTo(WANG);
        assertThat(signal.device()).isEqualTo("w-1");
        assertThat(signal.ladderNote()).isEmpty();
    }

    @Test
    void yesterdaysSosIsRaisedWithBothTimes() {
        AlertSignal signal =
                scene.play(alarm("w-1", ReportKind.SOS, "e1", 0, 86_400)).get(0);

        assertThat(signal.action()).isEqualTo(AlertSignal.Action.RAISE);
        assertThat(signal.time().at()).isEqualTo(at(0));
        assertThat(signal.text()).contains("2026-01-05 08:00:00 +08:00, received 2026-01-06 08:00:00 +08:00");
    }

    @Test
    void aWrongClockIsSaidAndRefusesNothing() {
        EventTime time = new EventTime(at(10), at(10), at(90_000));
        AlertSignal signal = scene.play(10, alarm(WANG, "w-1", ReportKind.SOS, "e1", time, null))
                .get(0);

        assertThat(signal.action()).isEqualTo(AlertSignal.Action.RAISE);
        assertThat(signal.text()).contains("the device's clock says 2026-01-06 09:00:00 +08:00");
    }

    @ParameterizedTest
    @EnumSource(value = SubjectStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "HOME")
    void noStatusSuppressesAnAlarmAndTheOperatorIsTold(SubjectStatus status) {
        scene.register.status(WANG, status);

        for (ReportKind kind : new ReportKind[] {ReportKind.SOS, ReportKind.SMOKE, ReportKind.FALL}) {
            AlertSignal signal = scene.play(alarm("w-1", kind, "e-" + kind, 0)).get(0);
            assertThat(signal.action()).isIn(AlertSignal.Action.RAISE, AlertSignal.Action.SUSPECT);
            assertThat(signal.ladderNote()).startsWith("recorded as ");
        }
    }

    @Test
    void whomTheDeviceWasBoundToAtTheTimeIsSaid() {
        EventTime time = new EventTime(at(0), at(5), at(0));
        AlertSignal signal = scene.play(5, alarm(WANG, "w-1", ReportKind.SOS, "e1", time, LI))
                .get(0);

        assertThat(signal.subject()).isEqualTo(WANG);
        assertThat(signal.ladderNote()).isEqualTo("at the time of the event the device was bound to resident:r-li");
    }

    @Test
    void aButtonBoundToNobodyIsRaisedToo() {
        SubjectId nobody = SubjectId.unbound("b-9");
        EventTime time = EventTime.received(at(0));

        assertThat(brief(scene.play(0, alarm(nobody, "b-9", ReportKind.SOS, "", time, null))))
                .containsExactly("RAISE SOS P0");
    }

    @Test
    void theSameAlarmSentAgainWithinTenMinutesIsOnlyNoted() {
        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "e1", 0)))).containsExactly("RAISE SOS P0");

        AlertSignal again =
                scene.play(alarm("w-1", ReportKind.SOS, "e1", 0, 599)).get(0);

        assertThat(again.action()).isEqualTo(AlertSignal.Action.NOTE);
        assertThat(again.text()).startsWith("Sent again by device w-1");
    }

    @Test
    void thePressOfAButtonThatSaysNoTimeIsARepeatOnlyAsLongAsALostAcknowledgementExplainsIt() {
        assertThat(brief(scene.play(0, timeless(0)))).containsExactly("RAISE SOS P0");
        assertThat(brief(scene.play(10, timeless(10)))).containsExactly("NOTE SOS P4");
        assertThat(brief(scene.play(30, timeless(30)))).containsExactly("NOTE SOS P4");

        assertThat(brief(scene.play(31, timeless(31)))).containsExactly("RAISE SOS P0");
        assertThat(brief(scene.play(45, timeless(45)))).containsExactly("NOTE SOS P4");
        assertThat(brief(scene.play(300, timeless(300)))).containsExactly("RAISE SOS P0");
    }

    @Test
    void aTimelessPressDoesNotMakeTheAlarmsWithATimeForgotten() {
        scene.play(alarm("w-1", ReportKind.SOS, "e1", 0));
        scene.play(300, timeless(300));

        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "e1", 0, 400))))
                .containsExactly("NOTE SOS P4");
    }

    @Test
    void aClockThatStandsStillMakesNoSecondPressDisappear() {
        for (int minute : new int[] {60, 65, 70}) { // stuck an hour before the first; not even the id changes
            assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "1", 0, minute * 60))))
                    .containsExactly("RAISE SOS P0");
        }
        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "1", 0, 70 * 60 + 20))))
                .as("a lost acknowledgement explains this one")
                .containsExactly("NOTE SOS P4");
    }

    @Test
    void anotherIdIsAnotherPressThoughTheClockStandsStill() {
        for (int press = 1; press <= 5; press++) {
            assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "e" + press, 0, press))))
                    .containsExactly("RAISE SOS P0");
        }
    }

    @Test
    void aCounterThatBeganAnewMakesNoSecondPressDisappear() {
        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "1", 0)))).containsExactly("RAISE SOS P0");
        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "1", 60)))).containsExactly("RAISE SOS P0");
        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "1", 0, 90))))
                .as("the first, sent again")
                .containsExactly("NOTE SOS P4");
    }

    @Test
    void whatCameTenMinutesAgoIsKnownWhateverCameInBetween() {
        scene.play(alarm("w-1", ReportKind.SOS, "e1", 0));
        for (int i = 0; i < 500; i++) {
            scene.play(alarm("w-1", ReportKind.SMOKE, "s" + i, i));
        }
        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "e1", 0, 599))))
                .containsExactly("NOTE SOS P4");
    }

    private static LogEntry timeless(double received) {
        return alarm(WANG, "b-1", ReportKind.SOS, "1", EventTime.received(at(received)), null);
    }

    @Test
    void afterTenMinutesItIsAnAlarmAgain() {
        scene.play(alarm("w-1", ReportKind.SOS, "e1", 0));

        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "e1", 0, 601))))
                .containsExactly("RAISE SOS P0");
    }

    @Test
    void anotherIdPayloadOrDeviceIsAnotherAlarm() {
        scene.play(alarm("w-1", ReportKind.SOS, "e1", 0));

        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "e2", 1)))).containsExactly("RAISE SOS P0");
        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "e1", 2)))).containsExactly("RAISE SOS P0");
        assertThat(brief(scene.play(alarm("w-2", ReportKind.SOS, "e1", 0, 3)))).containsExactly("RAISE SOS P0");
    }

    @Test
    void anAlarmWithoutAnIdIsNeverARepeat() {
        for (int second = 0; second < 3; second++) {
            assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "", 0, second))))
                    .containsExactly("RAISE SOS P0");
        }
    }

    @Test
    void aDeviceThatLoopsIsHeardAndDoesNotHoldUpOthers() {
        LogEntry[] loop = new LogEntry[10_000];
        for (int i = 0; i < loop.length; i++) {
            loop[i] = alarm("w-1", ReportKind.SOS, "e" + i, 0);
        }
        var said = brief(scene.play(0, loop));

        assertThat(said.subList(0, 300)).containsOnly("RAISE SOS P0");
        assertThat(said.get(300)).isEqualTo("NOTE SOS P4");
        assertThat(said).hasSize(302);
        assertThat(brief(scene.play(0, alarm("w-2", ReportKind.SOS, "e1", 0)))).containsExactly("RAISE SOS P0");
        assertThat(brief(scene.play(0, alarm("w-1", ReportKind.SMOKE, "s1", 0))))
                .containsExactly("RAISE SMOKE P0");
        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "later", 60)))).containsExactly("RAISE SOS P0");
    }

    @Test
    void aPressAfterALoopIsHeardThoughItsMinuteIsNotOver() {
        for (int second = 0; second < 5; second++) {
            LogEntry[] loop = new LogEntry[1_000];
            for (int i = 0; i < loop.length; i++) {
                loop[i] = alarm("w-1", ReportKind.SOS, second + "e" + i, second);
            }
            assertThat(brief(scene.play(second, loop))).contains("RAISE SOS P0");
        }

        assertThat(brief(scene.play(alarm("w-1", ReportKind.SOS, "pressed", 7))))
                .containsExactly("RAISE SOS P0");
    }

    @Test
    void twoDevicesOfOneResidentNameTheSameSubjectAndKind() {
        LogEntry watch = alarm("w-1", ReportKind.SOS, "1", 0);
        LogEntry button = alarm("b-1", ReportKind.SOS, "1", 0);

        var signals = scene.play(0, watch, button);

        assertThat(brief(signals)).containsExactly("RAISE SOS P0", "RAISE SOS P0");
        assertThat(signals).extracting(AlertSignal::subject).containsOnly(WANG);
        assertThat(signals).extracting(AlertSignal::id).doesNotHaveDuplicates();
    }
}
