package org.anban.alert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anban.alert.rule.Entries;
import org.anban.alert.rule.Register;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.Lane;
import org.anban.log.LogBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {
    private static final int DAYS = 25;
    private static final int BATCHES = 200;

    private final Register register = new Register();

    @BeforeEach
    void devices() {
        register.device("w-0-0", "watch", true, Duration.ofMinutes(1), Entries.WANG);
        register.device("w-1-1", "watch", false, Duration.ofSeconds(30), Entries.LI);
    }

    private List<AlertSignal> said(Lane lane, List<LogBatch> day) {
        return new Replay(lane, register).playAll(day);
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void aDayPlayedTwiceSaysTheSame(Lane lane) {
        int signals = 0;
        for (int seed = 0; seed < DAYS; seed++) {
            List<LogBatch> day = new RandomDay(seed).batches(lane, BATCHES);

            List<AlertSignal> once = said(lane, day);

            assertThat(said(lane, day)).isEqualTo(once);
            assertThat(once).extracting(AlertSignal::id).doesNotHaveDuplicates();
            signals += once.size();
        }
        assertThat(signals).as("the days are not empty").isGreaterThan(DAYS * 5);
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void aRestartAfterAnyBatchChangesNothing(Lane lane) {
        for (int seed = 0; seed < DAYS; seed++) {
            List<LogBatch> day = new RandomDay(seed).batches(lane, BATCHES);
            Replay restarted = new Replay(lane, register);
            for (LogBatch batch : day) {
                restarted.play(batch);
                restarted.restart();
            }
            assertThat(restarted.said()).as("day %d", seed).isEqualTo(said(lane, day));
        }
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void whatIsEvaluatedAgainAfterACrashAddsNoSignal(Lane lane) {
        for (int seed = 0; seed < DAYS; seed++) {
            List<LogBatch> day = new RandomDay(seed).batches(lane, BATCHES);
            List<AlertSignal> once = said(lane, day);
            int stored = BATCHES / 3;
            int reached = BATCHES / 2;

            Replay crashed = new Replay(lane, register);
            crashed.playAll(day.subList(0, stored));
            crashed.restart();
            Set<String> ids = new HashSet<>();
            crashed.said().forEach(signal -> ids.add(signal.id()));
            Replay lost = new Replay(lane, register);
            lost.playAll(day.subList(0, reached)).forEach(signal -> ids.add(signal.id()));
            crashed.playAll(day.subList(stored, BATCHES)).forEach(signal -> ids.add(signal.id()));

            assertThat(ids)
                    .isEqualTo(new HashSet<>(once.stream().map(AlertSignal::id).toList()));
        }
    }
}
