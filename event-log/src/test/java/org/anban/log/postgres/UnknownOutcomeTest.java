package org.anban.log.postgres;

import static org.anban.log.postgres.LogFixture.START;
import static org.anban.log.postgres.LogFixture.all;
import static org.anban.log.postgres.LogFixture.appended;
import static org.anban.log.postgres.LogFixture.killAppender;
import static org.anban.log.postgres.LogFixture.quick;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anban.contracts.event.Lane;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.EventLog.Outcome;
import org.anban.log.EventLog.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnknownOutcomeTest {
    private final SettableTime time = new SettableTime(START);
    private TestDatabase database;
    private Relay relay;
    private PostgresEventLog log;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.create();
        database.database().migrate("event_log");
        relay = Relay.to(database.config());
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                relay::connect, database.database().dataSource(), time, quick(Duration.ofMillis(20))));
    }

    @AfterEach
    void close() {
        log.close();
        relay.close();
        database.close();
    }

    @Test
    void howeverOftenItsSessionIsKilledEveryEntryIsCommittedOnce() throws Exception {
        Load load = Load.on(log, "e");
        int kills = 0;
        for (int i = 1; i <= 40; i++) {
            Lane lane = i % 2 == 0 ? Lane.ALARM : Lane.TELEMETRY;
            Eventually.until("it appends", () -> log.status() == Status.APPENDING);
            awaitProgress(load, i * 7 % 13);
            kills += killAppender(database.database(), lane) ? 1 : 0;
        }
        load.stop();
        assertThat(kills).isGreaterThan(20);
        assertEverythingIsThereOnce(load);
    }

    @Test
    void anAnswerThatIsLostIsReadInTheTable() throws Exception {
        Load load = Load.on(log, "e");
        for (int i = 1; i <= 25; i++) {
            if (i <= 20) {
                Eventually.until("it appends", () -> log.status() == Status.APPENDING);
            }
            int lost = relay.answersLost();
            relay.loseAnAnswer();
            Eventually.until("an answer is lost", () -> relay.answersLost() > lost);
            awaitProgress(load, i % 5);
        }
        load.stop();
        assertEverythingIsThereOnce(load);
    }

    @Test
    void aSessionOfOursThatLivesOnInTheServerIsNotTakenForAnotherProcess() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        assertThat(appended(log, Lane.ALARM, "before")).isEqualTo(Outcome.COMMITTED);
        relay.loseAnAnswer();
        Eventually.until("the log has lost a session", () -> interruptions() == 1);
        log.append(Lane.ALARM, List.of(LogFixture.entry("alarm")), outcome -> refused.set(outcome == Outcome.REFUSED));
        log.append(Lane.TELEMETRY, List.of(LogFixture.entry("reading")), outcome -> {
            if (outcome == Outcome.REFUSED) {
                refused.set(true);
            }
        });
        Eventually.until(
                "both are committed", () -> log.backlogBytes(Lane.ALARM) + log.backlogBytes(Lane.TELEMETRY) == 0);
        Eventually.until("it appends again", () -> log.status() == Status.APPENDING);
        assertThat(refused).isFalse();
    }

    private long interruptions() {
        return log.statistics(Lane.ALARM).interruptions()
                + log.statistics(Lane.TELEMETRY).interruptions();
    }

    private void assertEverythingIsThereOnce(Load load) throws Exception {
        for (Lane lane : Lane.values()) {
            assertThat(load.ids(lane, Outcome.REFUSED)).isEmpty();
            assertThat(load.ids(lane, Outcome.COMMITTED)).hasSizeGreaterThan(50);
            Load.assertHoldsExactly(all(log, lane), load.ids(lane, Outcome.COMMITTED));
        }
    }

    private static void awaitProgress(Load load, int entries) {
        int from = load.appended();
        Eventually.until("entries are appended", () -> load.appended() >= from + entries);
    }
}
