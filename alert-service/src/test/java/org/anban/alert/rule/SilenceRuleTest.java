package org.anban.alert.rule;

import static org.anban.alert.rule.Entries.LI;
import static org.anban.alert.rule.Entries.WANG;
import static org.anban.alert.rule.Entries.alarm;
import static org.anban.alert.rule.Entries.promising;
import static org.anban.alert.rule.Entries.reading;
import static org.anban.alert.rule.Scene.brief;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SilenceRuleTest {
    private static final double DAY = 86_400;
    private static final String P4 = "RAISE DEVICE_SILENT P4";
    private static final String P3 = "RAISE DEVICE_SILENT P3";

    private final Scene scene = new Scene();

    @BeforeEach
    void aWatchThatReportsEachTenMinutes() {
        scene.register.device("w-1", "watch", false, Duration.ofMinutes(10), WANG);
        scene.register.device("b-1", "button", false, Duration.ofHours(24), WANG);
    }

    @Test
    void threeIntervalsOfTheModelAreASilenceAndADayIsALongOne() {
        scene.play(reading("w-1", Signal.BATTERY, 80, 0));

        assertThat(scene.until(1799)).isEmpty();
        assertThat(brief(scene.until(1800))).containsExactly(P4);
        assertThat(scene.until(1900)).isEmpty();
        assertThat(scene.until(DAY - 1)).isEmpty();
        assertThat(brief(scene.until(DAY))).containsExactly(P3);
        assertThat(scene.until(3 * DAY)).isEmpty();
    }

    @Test
    void whatTheDevicePromisedGoesBeforeItsModel() {
        scene.play(0, promising("w-1", Duration.ofSeconds(60), 0));

        assertThat(scene.until(179)).isEmpty();
        var signal = scene.until(180);
        assertThat(brief(signal)).containsExactly(P4);
        assertThat(signal.get(0).text())
                .isEqualTo("watch w-1 has sent nothing since 2026-01-05 08:00:00 +08:00;"
                        + " it is expected to at least every 60 s");
    }

    @Test
    void aButtonWithADailyMessageIsSilentAfterThreeDays() {
        scene.play(reading("b-1", Signal.BATTERY, 80, 0));

        assertThat(scene.until(3 * DAY - 1)).isEmpty();
        assertThat(brief(scene.until(3 * DAY))).containsExactly(P3);
    }

    @Test
    void aMessageStartsTheClockAnewAndEndsASilence() {
        scene.play(reading("w-1", Signal.BATTERY, 80, 0));
        scene.play(reading("w-1", Signal.BATTERY, 80, 1000));
        assertThat(scene.until(2799)).isEmpty();
        assertThat(brief(scene.until(2800))).containsExactly(P4);

        assertThat(brief(scene.play(reading("w-1", Signal.BATTERY, 80, 3000))))
                .containsExactly("NOTE DEVICE_SILENT P4");
        assertThat(scene.until(4799)).isEmpty();
        assertThat(brief(scene.until(4800))).containsExactly(P4);
    }

    @Test
    void aLostConnectionIsNoSignOfLifeAndOpensNothing() {
        scene.play(reading("w-1", Signal.BATTERY, 80, 0));

        assertThat(scene.play(alarm("w-1", ReportKind.CONNECTION_LOST, "", 1000)))
                .isEmpty();
        assertThat(scene.until(1799)).isEmpty();
        assertThat(brief(scene.until(1800))).containsExactly(P4);
        assertThat(scene.play(alarm("w-1", ReportKind.CONNECTION_LOST, "", 1900)))
                .isEmpty();
    }

    @Test
    void aLateReadingIsASignOfLifeToo() {
        scene.play(reading(WANG, "w-1", Signal.HEART_RATE, 80, 0, 90_000));

        assertThat(scene.until(91_000)).isEmpty();
    }

    @Test
    void silenceIsJudgedOnlyWhileWeListened() {
        scene.play(reading("w-1", Signal.BATTERY, 80, 0));
        scene.listenSince(10_000);

        assertThat(scene.until(11_799)).isEmpty();
        assertThat(brief(scene.until(11_800))).containsExactly(P4);
    }

    @ParameterizedTest
    @EnumSource(value = SubjectStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "HOME")
    void nobodysSilenceCountsWhileTheyAreNotAtHome(SubjectStatus status) {
        scene.play(reading("w-1", Signal.BATTERY, 80, 0));
        scene.register.status(WANG, status);
        assertThat(scene.until(5000)).isEmpty();

        scene.register.status(WANG, SubjectStatus.HOME);
        assertThat(scene.until(6799)).isEmpty();
        assertThat(brief(scene.until(6800))).containsExactly(P4);
    }

    @Test
    void aDeviceThatWentToSomebodyElseIsNotSilent() {
        scene.play(reading("w-1", Signal.BATTERY, 80, 0));
        scene.register.device("w-1", "watch", false, Duration.ofMinutes(10), LI);

        assertThat(scene.until(5000)).isEmpty();
    }

    @Test
    void aDeviceInTheDrawerMayBeSilent() {
        scene.play(reading(SubjectId.unbound("w-9"), "w-9", Signal.BATTERY, 80, 0, 0));

        assertThat(scene.until(10 * DAY)).isEmpty();
    }

    @Test
    void eachDeviceOfAResidentIsJudgedByItself() {
        scene.play(reading("w-1", Signal.BATTERY, 80, 0));
        scene.play(reading("w-2", Signal.BATTERY, 80, 1700));

        assertThat(scene.until(1800)).hasSize(1).allSatisfy(signal -> assertThat(signal.device())
                .isEqualTo("w-1"));
    }
}
