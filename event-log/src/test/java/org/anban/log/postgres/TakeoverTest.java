package org.anban.log.postgres;

import static org.anban.log.postgres.LogFixture.NEVER;
import static org.anban.log.postgres.LogFixture.START;
import static org.anban.log.postgres.LogFixture.all;
import static org.anban.log.postgres.LogFixture.append;
import static org.anban.log.postgres.LogFixture.appended;
import static org.anban.log.postgres.LogFixture.ids;
import static org.anban.log.postgres.LogFixture.killAppender;
import static org.anban.log.postgres.LogFixture.next;
import static org.anban.log.postgres.LogFixture.quick;
import static org.anban.log.postgres.LogFixture.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.EventLog.Outcome;
import org.anban.log.EventLog.Status;
import org.anban.log.LogBatch;
import org.anban.log.codec.BatchCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TakeoverTest {
    private final SettableTime time = new SettableTime(START);
    private TestDatabase database;
    private Relay relay;
    private PostgresEventLog first;
    private PostgresEventLog second;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.create();
        database.database().migrate("event_log");
        relay = Relay.to(database.config());
        first = PostgresEventLog.open(
                new PostgresEventLog.Parts(relay::connect, database.database().dataSource(), time, quick(NEVER)));
        second = LogFixture.open(database.database(), time, quick(NEVER));
    }

    @AfterEach
    void close() {
        second.close();
        first.close();
        relay.close();
        database.close();
    }

    @Test
    void oneAppendsAndTheOtherStandsByRefusesAndReads() throws Exception {
        assertThat(first.status()).isEqualTo(Status.APPENDING);
        assertThat(second.status()).isEqualTo(Status.STANDBY);
        for (Lane lane : Lane.values()) {
            assertThat(first.status(lane)).isEqualTo(Status.APPENDING);
            assertThat(second.status(lane)).isEqualTo(Status.STANDBY);
        }
        assertThat(appended(first, Lane.ALARM, "here")).isEqualTo(Outcome.COMMITTED);
        assertThat(appended(second, Lane.ALARM, "there")).isEqualTo(Outcome.REFUSED);
        assertThat(appended(second, Lane.TELEMETRY, "there")).isEqualTo(Outcome.REFUSED);
        assertThat(ids(List.of(next(second, Lane.ALARM, 0)))).containsExactly("here");
        Eventually.until("the other knows the newest", () -> second.newest(Lane.ALARM) == 1);
        assertThat(second.backlogBytes(Lane.ALARM)).isZero();
    }

    @Test
    void theOtherTakesOverWhenTheOwnerCloses() throws Exception {
        time.advance(Duration.ofSeconds(30));
        appended(first, Lane.ALARM, "one");
        time.set(START);
        first.close();
        Eventually.until("the other appends", () -> second.status() == Status.APPENDING);
        assertThat(appended(second, Lane.ALARM, "two")).isEqualTo(Outcome.COMMITTED);
        Load.assertHoldsExactly(upTo(second, Lane.ALARM, 2), List.of("one", "two"));
    }

    @Test
    void anOwnerThatIsCutOffLosesNothingAcknowledgedAndWhatItRefusesIsNotThere() throws Exception {
        Load before = Load.on(first, "a");
        Eventually.until("entries are appended", () -> before.appended() > 100);
        relay.breakOff();
        Eventually.until("the other appends", () -> second.status() == Status.APPENDING);
        Load after = Load.on(second, "b");
        Eventually.until("entries are appended", () -> after.appended() > 100);
        assertThat(first.status()).isEqualTo(Status.STALLED);
        relay.mend();
        Eventually.until("the former owner stands by", () -> first.status() == Status.STANDBY);
        before.stop();
        after.stop();
        for (Lane lane : Lane.values()) {
            List<String> committed = new ArrayList<>(before.ids(lane, Outcome.COMMITTED));
            committed.addAll(after.ids(lane, Outcome.COMMITTED));
            assertThat(before.ids(lane, Outcome.REFUSED)).isNotEmpty();
            List<LogBatch> batches = all(second, lane);
            Load.assertHoldsExactly(batches, committed);
            assertThat(upTo(first, lane, batches.size())).isEqualTo(batches);
        }
    }

    @Test
    void bothLanesEndUpInOneProcessHoweverOftenTheOwnersSessionsAreKilled() throws Exception {
        Load here = Load.on(first, "a");
        Load there = Load.on(second, "b");
        for (int i = 0; i < 12; i++) {
            long interruptions = interruptions();
            killAppender(database.database(), i % 3 == 0 ? Lane.TELEMETRY : Lane.ALARM);
            Eventually.until("the session is missed", () -> interruptions() > interruptions);
            Eventually.until(
                    "one appends and the other stands by", () -> new HashSet<>(List.of(first.status(), second.status()))
                            .equals(Set.of(Status.APPENDING, Status.STANDBY)));
        }
        here.stop();
        there.stop();
        for (Lane lane : Lane.values()) {
            Set<String> committed = new HashSet<>(here.ids(lane, Outcome.COMMITTED));
            committed.addAll(there.ids(lane, Outcome.COMMITTED));
            long newest = Math.max(first.newest(lane), second.newest(lane));
            List<String> stored = ids(upTo(first, lane, newest));
            assertThat(stored).doesNotHaveDuplicates();
            assertThat(new HashSet<>(stored)).isEqualTo(committed);
        }
    }

    @Test
    void aRowThatSomebodyElseWroteUnderOurNumberIsAFence() throws Exception {
        appended(first, Lane.ALARM, "one");
        writeSecondRow(List.of(LogFixture.entry("foreign")));
        List<CompletableFuture<Outcome>> outcomes =
                List.of(append(first, Lane.ALARM, "two"), append(second, Lane.ALARM, "refused"));
        Outcome ours = outcomes.get(0).get(15, TimeUnit.SECONDS);
        List<LogBatch> batches = upTo(second, Lane.ALARM, ours == Outcome.COMMITTED ? 3 : 2);
        Load.assertHoldsExactly(
                batches, ours == Outcome.COMMITTED ? List.of("one", "foreign", "two") : List.of("one", "foreign"));
        assertThat(outcomes.get(1).get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aTickOfSomebodyElseIsNotTakenForOurs() throws Exception {
        appended(first, Lane.ALARM, "one");
        writeSecondRow(List.of());
        first.tick();
        second.tick();
        LogBatch third = next(second, Lane.ALARM, 2);
        assertThat(third.at()).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(upTo(first, Lane.ALARM, 3)).isEqualTo(upTo(second, Lane.ALARM, 3));
    }

    private void writeSecondRow(List<LogEntry> entries) throws Exception {
        try (Connection connection = database.database().dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into event_log.alarm_batch"
                        + " select 2, at + interval '1 hour', ?, ? from event_log.alarm_batch where number = 1")) {
            insert.setInt(1, entries.size());
            insert.setBytes(2, BatchCodec.encode(entries));
            insert.executeUpdate();
        }
    }

    private long interruptions() {
        long sum = 0;
        for (Lane lane : Lane.values()) {
            sum += first.statistics(lane).interruptions()
                    + second.statistics(lane).interruptions();
        }
        return sum;
    }
}
