package org.anban.alert.rule;

import static org.anban.alert.rule.Entries.WANG;
import static org.anban.alert.rule.Entries.at;
import static org.anban.alert.rule.Entries.reading;
import static org.anban.alert.rule.Entries.readings;
import static org.anban.alert.rule.Scene.brief;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VitalRuleTest {
    private final Scene scene = new Scene();
    private double clock;

    /** Heart rates ten seconds apart; everything that is said. */
    private List<AlertSignal> beats(double... rates) {
        List<AlertSignal> said = new ArrayList<>();
        for (double rate : rates) {
            clock += 10;
            said.addAll(scene.play(reading("w-1", Signal.HEART_RATE, rate, clock)));
        }
        return said;
    }

    @ParameterizedTest
    @CsvSource({
        "HEART_RATE, 116, RAISE HEART_RATE_HIGH P2",
        "HEART_RATE, 115, RAISE HEART_RATE_HIGH P3",
        "HEART_RATE, 96, RAISE HEART_RATE_HIGH P3",
        "HEART_RATE, 95, ",
        "HEART_RATE, 55, ",
        "HEART_RATE, 54, RAISE HEART_RATE_LOW P3",
        "HEART_RATE, 45, RAISE HEART_RATE_LOW P3",
        "HEART_RATE, 44, RAISE HEART_RATE_LOW P2",
        "SPO2, 94, ",
        "SPO2, 93, RAISE SPO2_LOW P3",
        "SPO2, 90, RAISE SPO2_LOW P3",
        "SPO2, 89, RAISE SPO2_LOW P2"
    })
    void threeReadingsOutOfTheDefaultLimitsAreRaised(Signal signal, double value, String expected) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(said).isEmpty();
            said.addAll(brief(scene.play(reading("w-1", signal, value, i * 5))));
        }
        assertThat(said).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void theResidentsOwnLimitsCount() {
        scene.register.limits(WANG, new VitalLimits(35, 40, 80, 100, 85, 88));

        assertThat(brief(beats(50, 50, 50))).isEmpty();
        assertThat(brief(beats(101, 101, 101))).containsExactly("RAISE HEART_RATE_HIGH P2");
    }

    @Test
    void twoReadingsTwoMinutesApartPersistAndLessDoNot() {
        scene.play(reading("w-1", Signal.HEART_RATE, 130, 0));
        assertThat(scene.play(reading("w-1", Signal.HEART_RATE, 130, 119))).isEmpty();

        scene.play(reading("w-2", Signal.HEART_RATE, 130, 0));
        assertThat(brief(scene.play(reading("w-2", Signal.HEART_RATE, 130, 120))))
                .containsExactly("RAISE HEART_RATE_HIGH P2");
    }

    @Test
    void readingsWithAnythingGoodBetweenThemAreNotInARow() {
        assertThat(beats(130, 130, 80, 130, 130, 80)).isEmpty();
    }

    @Test
    void readingsFarApartAreNotInARow() {
        double hours = 3 * 3600;
        for (int i = 0; i < 5; i++) {
            assertThat(scene.play(reading("w-1", Signal.HEART_RATE, 130, i * hours)))
                    .isEmpty();
        }
    }

    @Test
    void oneSignalAnEpisodeAndOneARiseOfBand() {
        assertThat(brief(beats(100, 100, 100, 100, 100))).containsExactly("RAISE HEART_RATE_HIGH P3");
        assertThat(brief(beats(120, 120, 120, 120))).containsExactly("RAISE HEART_RATE_HIGH P2");
        assertThat(beats(100, 100, 100, 120, 120, 120, 80, 120, 120, 120)).isEmpty();
    }

    @Test
    void twoReadingsWithinLimitsEndAnEpisodeAndItCoolsDown() {
        beats(120, 120, 120);

        assertThat(brief(beats(80, 80))).containsExactly("NOTE HEART_RATE_HIGH P3");
        assertThat(beats(120, 120, 120, 120)).isEmpty();
        clock += 900;
        assertThat(brief(beats(120, 120, 120))).containsExactly("RAISE HEART_RATE_HIGH P2");
    }

    @Test
    void aHigherBandDoesNotWaitForTheCoolDown() {
        beats(100, 100, 100, 80, 80);

        assertThat(brief(beats(120, 120, 120))).containsExactly("RAISE HEART_RATE_HIGH P2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -255, 4000, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoMeasurementIsNotJudgedAndBreaksNothing(double nothing) {
        assertThat(beats(120, 120, nothing)).isEmpty();
        assertThat(brief(beats(120))).containsExactly("RAISE HEART_RATE_HIGH P2");
    }

    @Test
    void aPoorSignalOrAWatchOffTheWristIsNotJudged() {
        for (Signal excuse : List.of(Signal.SIGNAL_QUALITY, Signal.WORN)) {
            for (int i = 0; i < 5; i++) {
                SignalValues values = new SignalValues.Builder()
                        .put(Signal.SPO2, 70)
                        .put(excuse, 0)
                        .build();
                assertThat(scene.play(i, readings(WANG, "w-1", values, EventTime.received(at(i)), null)))
                        .isEmpty();
            }
        }
    }

    @Test
    void aReadingOlderThanHalfAnHourNeitherRaisesNorRevives() {
        for (int i = 0; i < 5; i++) {
            assertThat(scene.play(reading(WANG, "w-1", Signal.HEART_RATE, 150, i, 1801 + i)))
                    .isEmpty();
        }
        clock = 10_000;
        beats(120, 120, 120, 80, 80);
        clock += 4000;
        for (int i = 0; i < 5; i++) {
            assertThat(scene.play(reading(WANG, "w-1", Signal.HEART_RATE, 150, 10_100 + i, clock)))
                    .isEmpty();
        }
    }

    @Test
    void readingsThatOvertookEachOtherAreJudgedInTheirOrder() {
        scene.play(reading(WANG, "w-1", Signal.HEART_RATE, 130, 20, 21));
        scene.play(reading(WANG, "w-1", Signal.HEART_RATE, 130, 10, 22));
        assertThat(brief(scene.play(reading(WANG, "w-1", Signal.HEART_RATE, 130, 0, 23))))
                .containsExactly("RAISE HEART_RATE_HIGH P2");

        scene.play(reading(WANG, "w-2", Signal.HEART_RATE, 130, 0, 30));
        scene.play(reading(WANG, "w-2", Signal.HEART_RATE, 130, 20, 31));
        scene.play(reading(WANG, "w-2", Signal.HEART_RATE, 80, 10, 32));
        assertThat(scene.play(reading(WANG, "w-2", Signal.HEART_RATE, 130, 30, 33)))
                .isEmpty();
    }

    @Test
    void theSameReadingDeliveredThreeTimesIsOneReading() {
        for (int i = 0; i < 4; i++) {
            assertThat(scene.play(reading(WANG, "w-1", Signal.HEART_RATE, 130, 0, i)))
                    .isEmpty();
        }
    }

    @Test
    void aGoodSensorDoesNotHideAnothersBadValues() {
        List<AlertSignal> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            said.addAll(scene.play(reading("w-1", Signal.HEART_RATE, 130, i * 10)));
            said.addAll(scene.play(reading("bed-1", Signal.HEART_RATE, 80, i * 10 + 1)));
        }
        assertThat(brief(said)).containsExactly("RAISE HEART_RATE_HIGH P2");
    }

    @ParameterizedTest
    @EnumSource(
            value = SubjectStatus.class,
            names = {"HOSPITAL", "MOVED_OUT", "DECEASED"})
    void nobodyElsewhereIsJudgedAtHome(SubjectStatus status) {
        scene.register.status(WANG, status);
        assertThat(beats(130, 130, 130, 130)).isEmpty();

        scene.register.status(WANG, SubjectStatus.HOME);
        assertThat(brief(beats(130))).containsExactly("RAISE HEART_RATE_HIGH P2");
    }

    @Test
    void awayTheWatchIsJudgedAndTheBedIsNot() {
        scene.register.status(WANG, SubjectStatus.AWAY);
        scene.register.device("w-1", "watch", false, Duration.ofHours(1), WANG);
        scene.register.device("bed-1", "bed", false, Duration.ofHours(1), WANG);

        assertThat(brief(beats(130, 130, 130))).containsExactly("RAISE HEART_RATE_HIGH P2");
        for (int i = 0; i < 4; i++) {
            assertThat(scene.play(reading("bed-1", Signal.HEART_RATE, 130, i))).isEmpty();
        }
    }

    @Test
    void readingsOfADeviceThatIsBoundToNobodyAreNobodys() {
        SubjectId nobody = SubjectId.unbound("w-9");
        for (int i = 0; i < 4; i++) {
            assertThat(scene.play(reading(nobody, "w-9", Signal.HEART_RATE, 150, i, i)))
                    .isEmpty();
        }
    }

    @Test
    void theTextSaysValueLimitTimeAndDevice() {
        AlertSignal signal = beats(124, 124, 124).get(0);

        assertThat(signal.text())
                .isEqualTo("Heart rate 124 beat/min, above the resident's limit of 115,"
                        + " at 2026-01-05 08:00:30 +08:00, measured by device w-1");
    }
}
