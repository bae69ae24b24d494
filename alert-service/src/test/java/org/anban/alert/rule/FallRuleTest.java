package org.anban.alert.rule;

import static org.anban.alert.rule.Entries.WANG;
import static org.anban.alert.rule.Entries.alarm;
import static org.anban.alert.rule.Entries.at;
import static org.anban.alert.rule.Scene.brief;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FallRuleTest {
    private static final String SUSPECT = "SUSPECT FALL P3";
    private static final String CANCEL = "CANCEL FALL P3";
    private static final String NOTE = "NOTE FALL P3";
    private static final String CONFIRMED = "RAISE FALL P1";

    private final Scene scene = new Scene();

    @BeforeEach
    void aModelThatCountsDown() {
        scene.register.device("smart", "watch", true, Duration.ofHours(1), WANG);
        scene.register.device("plain", "pendant", false, Duration.ofHours(1), WANG);
    }

    @ParameterizedTest
    @CsvSource({
        // fall at, received, confirmed by silence
        "0, 0, 60",
        "0, 59, 60",
        "0, 60, 120",
        "0, 86400, 86460"
    })
    void theWindowCountsFromTheEventOrFromReceiptIfItIsOver(double at, double received, double confirmBy) {
        AlertSignal signal =
                scene.play(alarm("plain", ReportKind.FALL, "f1", at, received)).get(0);

        assertThat(brief(List.of(signal))).containsExactly(SUSPECT);
        assertThat(signal.confirmBy()).isEqualTo(at(confirmBy));
    }

    @Test
    void aModelThatCountedDownItselfIsConfirmedAtOnce() {
        assertThat(brief(scene.play(alarm("smart", ReportKind.FALL, "f1", 0)))).containsExactly(CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource({
        // id of the cancel, when the fall was, when the cancel was, what it does
        "f1, 0, 20, CANCEL",
        "c1, 0, 20, CANCEL",
        "'', 0, 60, CANCEL",
        "c1, 20, 0, NOTE"
    })
    void aCancelInTheWindowEndsTheCandidateInEitherOrder(String id, double fell, double cancelled, String action) {
        LogEntry fall = alarm("plain", ReportKind.FALL, "f1", fell, 100);
        LogEntry cancel = alarm("plain", ReportKind.FALL_CANCELLED, id, cancelled, 100);

        assertThat(brief(scene.play(100, fall, cancel))).containsExactly(SUSPECT, action + " FALL P3");
        Scene other = new Scene();
        List<String> expected = action.equals("CANCEL") ? List.of(NOTE, SUSPECT, CANCEL) : List.of(NOTE, SUSPECT);
        assertThat(brief(other.play(100, cancel, fall))).isEqualTo(expected);
    }

    @Test
    void aCancelAfterTheWindowEndsNothingInEitherOrder() {
        LogEntry cancel = alarm("plain", ReportKind.FALL_CANCELLED, "c1", 61);
        scene.play(alarm("plain", ReportKind.FALL, "f1", 0));
        assertThat(brief(scene.play(cancel))).containsExactly(NOTE);

        Scene other = new Scene();
        other.play(cancel);
        assertThat(brief(other.play(alarm("plain", ReportKind.FALL, "f1", 0, 62))))
                .containsExactly(SUSPECT);
    }

    @Test
    void aCancelThatComesFirstInAnotherBatchEndsTheFallWhenItComes() {
        assertThat(brief(scene.play(alarm("plain", ReportKind.FALL_CANCELLED, "c1", 15, 16))))
                .containsExactly(NOTE);
        assertThat(brief(scene.play(alarm("plain", ReportKind.FALL, "f1", 0, 300))))
                .containsExactly(SUSPECT, CANCEL);
    }

    @Test
    void aCancelDoesNotEndTheNextFall() {
        scene.play(alarm("plain", ReportKind.FALL, "f1", 0));
        scene.play(alarm("plain", ReportKind.FALL_CANCELLED, "c1", 10));

        assertThat(brief(scene.play(alarm("plain", ReportKind.FALL, "f2", 12)))).containsExactly(SUSPECT);
        EventTime untimed = EventTime.received(at(14));
        assertThat(brief(scene.play(14, alarm(WANG, "plain", ReportKind.FALL, "f3", untimed, null))))
                .containsExactly(SUSPECT);
    }

    @Test
    void aCancelWithoutTimesThatOvertookItsFallEndsIt() {
        EventTime first = EventTime.received(at(1));
        EventTime second = EventTime.received(at(2));
        scene.play(1, alarm(WANG, "plain", ReportKind.FALL_CANCELLED, "", first, null));

        assertThat(brief(scene.play(2, alarm(WANG, "plain", ReportKind.FALL, "", second, null))))
                .containsExactly(SUSPECT, CANCEL);
    }

    @Test
    void aLateFallCanBeCancelledWhileItWaits() {
        scene.play(alarm("plain", ReportKind.FALL, "f1", 0, 3600));

        assertThat(brief(scene.play(alarm("plain", ReportKind.FALL_CANCELLED, "c1", 3620))))
                .containsExactly(CANCEL);
    }

    @Test
    void anotherDevicesCancelEndsNothing() {
        scene.play(alarm("plain", ReportKind.FALL, "f1", 0));

        assertThat(brief(scene.play(alarm("other", ReportKind.FALL_CANCELLED, "f1", 10))))
                .containsExactly(NOTE);
    }

    @Test
    void aCandidateStandsWhileAnotherDevicesFallStands() {
        scene.play(0, alarm("plain", ReportKind.FALL, "f1", 0), alarm("other", ReportKind.FALL, "f1", 1));

        assertThat(brief(scene.play(alarm("plain", ReportKind.FALL_CANCELLED, "c1", 10))))
                .containsExactly(NOTE);
        assertThat(brief(scene.play(alarm("other", ReportKind.FALL_CANCELLED, "c1", 20))))
                .containsExactly(CANCEL);
    }

    @Test
    void aFallConfirmedLongAgoDoesNotKeepALaterCandidateUp() {
        scene.play(alarm("plain", ReportKind.FALL, "f1", 0));
        scene.play(alarm("other", ReportKind.FALL, "f1", 300));

        assertThat(brief(scene.play(alarm("other", ReportKind.FALL_CANCELLED, "c1", 310))))
                .containsExactly(CANCEL);
    }

    @Test
    void aCancelOfAFallThatTheDeviceConfirmedIsOnlyNoted() {
        scene.play(alarm("smart", ReportKind.FALL, "f1", 0));

        assertThat(brief(scene.play(alarm("smart", ReportKind.FALL_CANCELLED, "f1", 10))))
                .containsExactly(NOTE);
        Scene other = new Scene();
        other.register.device("smart", "watch", true, Duration.ofHours(1), WANG);
        other.play(alarm("smart", ReportKind.FALL_CANCELLED, "f1", 10));
        assertThat(brief(other.play(alarm("smart", ReportKind.FALL, "f1", 0, 11))))
                .containsExactly(CONFIRMED);
    }

    @Test
    void oneCancelEndsSeveralFallsOfItsDevice() {
        scene.play(alarm("plain", ReportKind.FALL, "f1", 0));
        scene.play(alarm("plain", ReportKind.FALL, "f2", 5));

        assertThat(brief(scene.play(alarm("plain", ReportKind.FALL_CANCELLED, "f2", 10))))
                .containsExactly(CANCEL);
    }

    @Test
    void theSameFallSentAgainAfterItsCancelOpensNothing() {
        LogEntry fall = alarm("plain", ReportKind.FALL, "f1", 0);
        scene.play(fall);
        scene.play(alarm("plain", ReportKind.FALL_CANCELLED, "c1", 10));

        assertThat(brief(scene.play(20, fall))).containsExactly("NOTE FALL P4");
    }

    @Test
    void theWindowIsConfiguration() {
        Scene patient = new Scene(RuleConfig.DEFAULT.withFallWindow(Duration.ofSeconds(90)));

        assertThat(patient.play(alarm("plain", ReportKind.FALL, "f1", 0)).get(0).confirmBy())
                .isEqualTo(at(90));
    }
}
