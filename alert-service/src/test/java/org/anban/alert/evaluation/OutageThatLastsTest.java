package org.anban.alert.evaluation;

import static org.anban.alert.evaluation.Town.brief;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.anban.alert.blackout.Blackout;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.contracts.event.Lane;
import org.anban.contracts.incident.IncidentKind;
import org.anban.log.LogBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An outage of a street that nobody repairs for hours, and who falls silent meanwhile. */
class OutageThatLastsTest {
    private static final String EAST = "d/t/east";
    private static final String EAST_OUT = "RAISE AREA_OUTAGE area:" + EAST;

    private final Town town = new Town();

    @BeforeEach
    void aStreetOfTwentyAndOthers() {
        town.street(EAST, 20);
        for (int i = 0; i < 8; i++) {
            town.street("d/t/s" + i, 10);
        }
        assertThat(town.pass(minutes(5))).isEmpty();
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    private void silence(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add("east-" + i);
        }
        town.silence(device -> ids.contains(device.id()));
    }

    private Blackout outage() {
        assertThat(town.replay.work().blackouts()).hasSize(1);
        return town.replay.work().blackouts().iterator().next();
    }

    @Test
    void whoFallsSilentLaterIsToldPersonally() {
        silence(0, 10);
        assertThat(brief(town.pass(minutes(30)))).containsExactly(EAST_OUT);
        silence(12, 13);

        assertThat(brief(town.pass(minutes(5)))).containsExactly("RAISE DEVICE_SILENT resident:r-east-12");
        assertThat(outage().members()).hasSize(10);
    }

    @Test
    void whoFallsSilentWhileItSpreadsIsPartOfItAndPeopleAreTold() {
        silence(0, 10);
        assertThat(brief(town.pass(minutes(8)))).containsExactly(EAST_OUT);
        silence(10, 12);
        List<AlertSignal> said = town.pass(minutes(8));
        silence(12, 13);
        said.addAll(town.pass(minutes(8)));

        assertThat(brief(said)).hasSizeBetween(2, 3).containsOnly(EAST_OUT);
        assertThat(said.get(said.size() - 1).text()).contains("13 devices in d/t/east are silent by now");
        assertThat(said).extracting(AlertSignal::id).doesNotHaveDuplicates();
        assertThat(said.get(0).id()).startsWith(outage().id() + ":grown:");
        assertThat(outage().members()).hasSize(13);
    }

    @Test
    void itDoesNotSpreadForHoursByOneAtATime() {
        silence(0, 8);
        List<AlertSignal> said = town.pass(minutes(6));
        for (int i = 8; i < 20; i++) {
            silence(i, i + 1);
            said.addAll(town.pass(minutes(8)));
        }

        assertThat(said)
                .filteredOn(signal -> signal.kind() == IncidentKind.DEVICE_SILENT)
                .hasSizeBetween(4, 7);
    }

    @Test
    void aSecondWaveJoinsTheOutageThatLasts() {
        silence(0, 10);
        town.pass(minutes(30));
        silence(10, 20);

        assertThat(brief(town.pass(minutes(5)))).containsExactly(EAST_OUT);
        assertThat(outage().members()).hasSize(20);
    }

    @Test
    void whenItsIncidentIsClosedWhoIsSilentIsFollowedOneByOneAtOnce() {
        silence(0, 10);
        town.pass(minutes(5));
        String outage = outage().id();

        town.replay.work().closed(List.of(outage));
        List<AlertSignal> said = town.pass(minutes(1));
        town.replay.restart();
        said.addAll(town.pass(minutes(20)));

        assertThat(town.replay.work().blackouts()).isEmpty();
        assertThat(said)
                .filteredOn(signal -> signal.action() == Action.RAISE)
                .hasSize(10)
                .allMatch(signal -> signal.kind() == IncidentKind.DEVICE_SILENT);
    }

    @Test
    void aStreetThatCameBackAfterItsIncidentWasClosedMayFallSilentTogetherAgain() {
        silence(0, 10);
        town.pass(minutes(5));
        town.replay.work().closed(List.of(outage().id()));
        town.pass(minutes(1));
        town.wake(device -> true);
        town.pass(minutes(5));
        silence(0, 10);

        assertThat(brief(town.pass(minutes(3)))).containsExactly(EAST_OUT);
    }

    @Test
    void aRestartWhileItSpreadsChangesNothing() {
        silence(0, 10);
        town.pass(minutes(9));
        silence(10, 12);
        town.pass(minutes(9));
        silence(12, 14);
        town.pass(minutes(30));
        silence(14, 15);
        town.pass(minutes(10));

        Replay restarted = new Replay(Lane.TELEMETRY, town.register);
        for (LogBatch batch : town.played()) {
            restarted.play(batch);
            restarted.restart();
        }
        assertThat(restarted.said()).isEqualTo(town.replay.said());
        assertThat(brief(restarted.said())).contains("RAISE DEVICE_SILENT resident:r-east-14");
    }
}
