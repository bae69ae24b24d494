package org.anban.log.postgres;

import static org.anban.log.postgres.LogFixture.NEVER;
import static org.anban.log.postgres.LogFixture.START;
import static org.anban.log.postgres.LogFixture.all;
import static org.anban.log.postgres.LogFixture.append;
import static org.anban.log.postgres.LogFixture.appended;
import static org.anban.log.postgres.LogFixture.entry;
import static org.anban.log.postgres.LogFixture.ids;
import static org.anban.log.postgres.LogFixture.next;
import static org.anban.log.postgres.LogFixture.quick;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.anban.contracts.event.CommandReply;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.EventLog.Outcome;
import org.anban.log.EventLog.Status;
import org.anban.log.LogBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AppendTest {
    private final SettableTime time = new SettableTime(START);
    private TestDatabase database;
    private PostgresEventLog log;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        database.database().migrate("event_log");
        log = LogFixture.open(database.database(), time, quick(NEVER));
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    @Test
    void numbersAreDenseFromOneInEachLaneAndEntriesKeepTheirOrder() throws Exception {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            outcomes.add(append(log, i % 2 == 0 ? Lane.ALARM : Lane.TELEMETRY, "e" + i, "f" + i));
        }
        for (CompletableFuture<Outcome> outcome : outcomes) {
            assertThat(outcome.get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.COMMITTED);
        }
        for (Lane lane : Lane.values()) {
            List<LogBatch> batches = all(log, lane);
            assertThat(batches.stream().mapToLong(LogBatch::number))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, batches.size()).boxed().toList());
            List<String> expected = new ArrayList<>();
            for (int i = lane.ordinal(); i < 500; i += 2) {
                expected.addAll(List.of("e" + i, "f" + i));
            }
            assertThat(ids(batches)).isEqualTo(expected);
        }
    }

    @Test
    void whatArrivesWhileABatchCommitsGoesIntoTheNextTogether() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        log.append(Lane.ALARM, List.of(entry("first")), outcome -> awaitQuietly(mayGoOn));
        next(log, Lane.ALARM, 0);
        List<CompletableFuture<Outcome>> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(append(log, Lane.ALARM, "other" + i));
        }
        assertThat(log.backlogBytes(Lane.ALARM)).isPositive();
        mayGoOn.countDown();
        for (CompletableFuture<Outcome> other : others) {
            assertThat(other.get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(log.newest(Lane.ALARM)).isEqualTo(2);
        assertThat(log.backlogBytes(Lane.ALARM)).isZero();
    }

    @Test
    void aCallbackIsCalledOnceAndOnlyWhenTheRowIsThere() throws Exception {
        CompletableFuture<Long> rows = new CompletableFuture<>();
        List<Outcome> calls = new ArrayList<>();
        log.append(Lane.ALARM, List.of(entry("sos")), outcome -> {
            calls.add(outcome);
            try {
                rows.complete(LogFixture.count(
                        database.database(), "select count(*) from event_log.alarm_batch where entries = 1"));
            } catch (Exception e) {
                rows.completeExceptionally(e);
            }
        });
        assertThat(rows.get(15, TimeUnit.SECONDS)).isEqualTo(1);
        appended(log, Lane.ALARM, "another");
        assertThat(calls).containsExactly(Outcome.COMMITTED);
    }

    @Test
    void aCallbackThatThrowsStopsNobodyElse() throws Exception {
        log.append(Lane.ALARM, List.of(entry("one")), outcome -> {
            throw new IllegalStateException("thrown by a test");
        });
        assertThat(appended(log, Lane.ALARM, "two")).isEqualTo(Outcome.COMMITTED);
        assertThat(ids(all(log, Lane.ALARM))).containsExactly("one", "two");
    }

    @Test
    void anEntryThatCannotBeStoredIsRefusedAloneAndNotItsNeighbours() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        log.append(Lane.ALARM, List.of(), outcome -> awaitQuietly(mayGoOn));
        next(log, Lane.ALARM, 0);
        CompletableFuture<Outcome> before = append(log, Lane.ALARM, "before");
        CompletableFuture<Outcome> broken = new CompletableFuture<>();
        LogEntry sound = entry("x");
        LogEntry unsound = new LogEntry(sound.device(), sound.subject(), brokenReply());
        log.append(Lane.ALARM, List.of(unsound), broken::complete);
        CompletableFuture<Outcome> after = append(log, Lane.ALARM, "after");
        mayGoOn.countDown();
        assertThat(broken.get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.REFUSED);
        assertThat(before.get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.COMMITTED);
        assertThat(after.get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.COMMITTED);
        assertThat(ids(all(log, Lane.ALARM))).containsExactly("before", "after");
    }

    @Test
    void theLogsClockStandsStillWhenOursStepsBack() throws Exception {
        appended(log, Lane.ALARM, "a");
        time.advance(Duration.ofSeconds(10));
        appended(log, Lane.ALARM, "b");
        time.set(START.minusSeconds(3600));
        appended(log, Lane.ALARM, "c");
        time.set(START.plusSeconds(11));
        appended(log, Lane.ALARM, "d");
        assertThat(all(log, Lane.ALARM).stream().map(LogBatch::at))
                .containsExactly(START, START.plusSeconds(10), START.plusSeconds(10), START.plusSeconds(11));
    }

    @Test
    void aClockThatStandsStillFarAheadIsSaidOnceEachTimeThatItBegins() throws Exception {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(LogClock.class);
        said.start();
        logger.addAppender(said);
        try {
            for (int seconds : new int[] {3600, 3590, 10, 20, 3601, 3000}) {
                time.set(START.plusSeconds(seconds));
                appended(log, Lane.ALARM, "at " + seconds);
            }
        } finally {
            logger.detachAppender(said);
        }
        assertThat(said.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.ERROR);
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(first -> assertThat(first).contains("alarm", "3590 s"), second -> assertThat(second)
                        .contains("alarm", "601 s"));
    }

    @Test
    void theLogsClockDoesNotGoBackOverARestart() throws Exception {
        appended(log, Lane.ALARM, "a");
        log.close();
        time.set(START.minusSeconds(60));
        log = LogFixture.open(database.database(), time, quick(NEVER));
        appended(log, Lane.ALARM, "b");
        assertThat(all(log, Lane.ALARM).stream().map(LogBatch::at)).containsExactly(START, START);
    }

    @Test
    void anEmptyBatchComesInEachLaneWhenNothingElseDoes() throws Exception {
        log.close();
        log = LogFixture.open(database.database(), time, quick(Duration.ofMillis(100)));
        for (Lane lane : Lane.values()) {
            assertThat(next(log, lane, 0).isTick()).isTrue();
            assertThat(next(log, lane, 1).isTick()).isTrue();
        }
    }

    @Test
    void aTickThatIsAskedForComesAtOnce() throws Exception {
        log.tick();
        assertThat(next(log, Lane.ALARM, 0).isTick()).isTrue();
        assertThat(next(log, Lane.TELEMETRY, 0).isTick()).isTrue();
        assertThat(log.statistics(Lane.ALARM).written().ticks()).isEqualTo(1);
    }

    @Test
    void closingCommitsWhatWasHandedOverAndRefusesTheRest() throws Exception {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            outcomes.add(append(log, Lane.TELEMETRY, "e" + i));
        }
        log.close();
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isCompletedWithValue(Outcome.COMMITTED));
        assertThat(append(log, Lane.TELEMETRY, "late")).isCompletedWithValue(Outcome.REFUSED);
        assertThat(log.status()).isEqualTo(Status.CLOSED);
        String rows = "select coalesce(sum(entries), 0) from event_log.telemetry_batch";
        assertThat(LogFixture.count(database.database(), rows)).isEqualTo(200);
    }

    @Test
    void aTableThatRefusesEveryRowIsTriedAgainWithPausesAndTheOtherLaneGoesOn() throws Exception {
        execute("alter table event_log.alarm_batch add constraint disk_full check (number < 0) not valid");
        CompletableFuture<Outcome> alarm = append(log, Lane.ALARM, "sos");
        Eventually.until("a first attempt has failed", () -> failures() >= 1);
        long from = System.nanoTime();
        Set<Status> seen = EnumSet.noneOf(Status.class);
        Eventually.until("seven more have failed", () -> {
            seen.add(log.status(Lane.ALARM));
            return failures() >= 8;
        });
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(seen).containsExactly(Status.STALLED);
        assertThat(log.status(Lane.TELEMETRY)).isEqualTo(Status.APPENDING);
        assertThat(appended(log, Lane.TELEMETRY, "reading")).isEqualTo(Outcome.COMMITTED);
        assertThat(alarm).isNotDone();

        execute("alter table event_log.alarm_batch drop constraint disk_full");
        assertThat(alarm.get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.COMMITTED);
        assertThat(log.status(Lane.ALARM)).isEqualTo(Status.APPENDING);
    }

    private long failures() {
        return log.statistics(Lane.ALARM).interruptions();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void statisticsTellWhatWasDone() throws Exception {
        appended(log, Lane.ALARM, "a", "b");
        Eventually.passes(() -> {
            assertThat(log.statistics(Lane.ALARM).written().entries()).isEqualTo(2);
            assertThat(log.statistics(Lane.ALARM).written().bodyBytes()).isPositive();
            assertThat(log.statistics(Lane.ALARM).commitTimes().count()).isEqualTo(1);
        });
        assertThat(log.statistics(Lane.TELEMETRY).written().batches()).isZero();
    }

    @Test
    void aDatabaseThatIsNotDurableSaysSo() {
        assertThat(log.durabilityWarning())
                .as("test servers run without fsync")
                .hasValueSatisfying(line -> assertThat(line).contains("fsync"));
    }

    private static CommandReply brokenReply() {
        return new CommandReply(null, "x", "x");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
