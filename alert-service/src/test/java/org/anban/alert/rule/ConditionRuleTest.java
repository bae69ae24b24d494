package org.anban.alert.rule;

import static org.anban.alert.rule.Entries.WANG;
import static org.anban.alert.rule.Entries.alarm;
import static org.anban.alert.rule.Entries.reading;
import static org.anban.alert.rule.Scene.brief;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConditionRuleTest {
    private static final String STOPPED = "RAISE SIGNAL_SILENT P4";
    private static final int MINUTE = 60;

    private final Scene scene = new Scene();
    private int second;

    @BeforeEach
    void devices() {
        scene.register.device("w-1", "watch", false, Duration.ofMinutes(2), WANG);
        scene.register.device("p-1", "bed", false, Duration.ofMinutes(2), WANG);
    }

    /** A minute in which a device says this once. */
    private List<AlertSignal> minute(String device, Signal signal, double value) {
        second += MINUTE;
        List<AlertSignal> said = new ArrayList<>(scene.play(reading(device, signal, value, second)));
        said.addAll(scene.until(second));
        return said;
    }

    private List<AlertSignal> minutes(int many, String device, Signal signal, double value) {
        List<AlertSignal> said = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            said.addAll(minute(device, signal, value));
        }
        return said;
    }

    private void worn(boolean yes) {
        scene.play(reading("w-1", Signal.WORN, yes ? 1 : 0, second));
    }

    @Test
    void aWornWatchThatSpeaksButMeasuresNoHeartRateIsToldOnce() {
        worn(true);
        assertThat(minutes(5, "w-1", Signal.HEART_RATE, 70)).isEmpty();

        assertThat(minutes(14, "w-1", Signal.STEPS, 10)).isEmpty();
        List<AlertSignal> said = minutes(60, "w-1", Signal.STEPS, 10);

        assertThat(brief(said)).containsExactly(STOPPED);
        assertThat(said.get(0).text())
                .contains("still speaks")
                .contains("heart rate")
                .contains("may sit loosely");
        assertThat(brief(minute("w-1", Signal.HEART_RATE, 70))).containsExactly("NOTE SIGNAL_SILENT P4");
    }

    @Test
    void aWatchThatWasTakenOffIsSilentInNothing() {
        worn(true);
        minutes(5, "w-1", Signal.HEART_RATE, 70);
        worn(false);
        assertThat(minutes(60, "w-1", Signal.STEPS, 0)).isEmpty();

        worn(true);
        assertThat(minutes(14, "w-1", Signal.STEPS, 0)).isEmpty();
        assertThat(brief(minutes(10, "w-1", Signal.STEPS, 0))).containsExactly(STOPPED);
    }

    @Test
    void theReportThatItWasTakenOffCountsAsWell() {
        worn(true);
        minutes(5, "w-1", Signal.HEART_RATE, 70);
        scene.play(alarm("w-1", ReportKind.TAKEN_OFF, "e-1", second));

        assertThat(minutes(60, "w-1", Signal.STEPS, 0)).isEmpty();
    }

    @Test
    void aWatchThatNeverSaidWhetherItIsWornIsNotJudged() {
        minutes(5, "w-1", Signal.HEART_RATE, 70);

        assertThat(minutes(60, "w-1", Signal.STEPS, 0)).isEmpty();
    }

    @Test
    void aFlatBatteryIsNamed() {
        worn(true);
        minutes(5, "w-1", Signal.HEART_RATE, 70);

        assertThat(minutes(60, "w-1", Signal.BATTERY, 4)).singleElement().satisfies(signal -> assertThat(signal.text())
                .contains("its battery is nearly flat"));
    }

    @Test
    void aBedPadThatSpeaksButDoesNotSayWhetherTheBedIsTakenIsTold() {
        minutes(5, "p-1", Signal.IN_BED, 1);

        assertThat(brief(minutes(60, "p-1", Signal.BATTERY, 90))).containsExactly(STOPPED);
    }

    @Test
    void aDeviceThatIsSilentAltogetherIsASilentDevice() {
        worn(true);
        minutes(5, "w-1", Signal.HEART_RATE, 70);
        List<AlertSignal> said = new ArrayList<>();
        for (int later = MINUTE; later < 60 * MINUTE; later += 5) {
            said.addAll(scene.until(second + later));
        }
        assertThat(brief(said)).containsExactly("RAISE DEVICE_SILENT P4");
    }

    @Test
    void twoDevicesWithOneIdAreAMaintenanceOrderAndNoSignOfLife() {
        List<AlertSignal> said = scene.play(alarm("w-1", ReportKind.CLONED, "", 0));

        assertThat(brief(said)).containsExactly("RAISE DEVICE_CLONED P4");
        assertThat(said.get(0).text()).contains("watch w-1: two devices answer to this id");
        assertThat(ReportKind.CLONED.isSignOfLife()).isFalse();
    }

    @Test
    void aDeviceThatComesAndGoesIsToldOnceAndThenLeftAloneForAnHour() {
        List<AlertSignal> said = new ArrayList<>();
        for (int episode = 0; episode < 7; episode++) {
            said.addAll(minute("w-1", Signal.STEPS, 1));
            for (int i = 0; i < 7; i++) {
                second += MINUTE;
                said.addAll(scene.until(second));
            }
        }
        assertThat(said.stream().filter(signal -> signal.action() == AlertSignal.Action.RAISE))
                .extracting(signal -> signal.kind().name())
                .containsExactly("DEVICE_SILENT", "DEVICE_SILENT", "DEVICE_SILENT", "DEVICE_FLAPPING");
        assertThat(brief(said)).contains("WITHDRAW DEVICE_SILENT P4");
        assertThat(said.get(said.size() - 1).text()).isNotEmpty();
    }

    @Test
    void aFlappingDeviceThatStaysSilentIsToldWhenItsRestIsOver() {
        for (int episode = 0; episode < 4; episode++) {
            minute("w-1", Signal.STEPS, 1);
            for (int i = 0; i < 7; i++) {
                second += MINUTE;
                scene.until(second);
            }
        }
        List<AlertSignal> said = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            second += MINUTE;
            said.addAll(scene.until(second));
        }
        assertThat(brief(said)).containsExactly("RAISE DEVICE_SILENT P4");
    }

    @Test
    void aDeviceThatNeverSpokeIsSilentInNothing() {
        scene.play(alarm("w-9", ReportKind.CONNECTION_LOST, "c1", 5));

        assertThat(scene.until(30 * MINUTE)).isEmpty();
        assertThat(scene.until(3 * 24 * 60 * MINUTE)).isEmpty();
    }
}
