package org.anban.log.postgres;

import static org.anban.log.postgres.LogFixture.NEVER;
import static org.anban.log.postgres.LogFixture.START;
import static org.anban.log.postgres.LogFixture.append;
import static org.anban.log.postgres.LogFixture.appended;
import static org.anban.log.postgres.LogFixture.ids;
import static org.anban.log.postgres.LogFixture.next;
import static org.anban.log.postgres.LogFixture.quick;
import static org.anban.log.postgres.LogFixture.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.EventLog.Outcome;
import org.anban.log.LogBatch;
import org.anban.log.codec.DamagedBatchException;
import org.anban.log.codec.RandomEntries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReadTest {
    private static final LogLimits.Sizes SMALL = new LogLimits.Sizes(64 << 10, 1_000, 1 << 20, 4, 4 << 10, 1_000);

    private final SettableTime time = new SettableTime(START.plusNanos(123_456_789));
    private TestDatabase database;
    private PostgresEventLog log;
    private PostgresEventLog elsewhere;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        database.database().migrate("event_log");
        log = LogFixture.open(database.database(), time, quick(NEVER).with(SMALL));
        elsewhere = LogFixture.open(database.database(), time, quick(NEVER).with(SMALL));
    }

    @AfterEach
    void close() {
        elsewhere.close();
        log.close();
        database.close();
    }

    @Test
    void memoryAndTableGiveTheSameToTheLastBit() throws Exception {
        List<LogBatch> fromMemory = new ArrayList<>();
        for (int seed = 0; seed < 100; seed++) {
            List<LogEntry> entries = new RandomEntries(seed).list(seed % 40);
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            log.append(Lane.TELEMETRY, entries, outcome::complete);
            assertThat(outcome.get(15, TimeUnit.SECONDS)).isEqualTo(Outcome.COMMITTED);
            LogBatch batch = next(log, Lane.TELEMETRY, seed);
            assertThat(batch.entries()).isEqualTo(entries);
            fromMemory.add(batch);
            time.advance(Duration.ofNanos(777));
        }
        assertThat(upTo(elsewhere, Lane.TELEMETRY, 100)).isEqualTo(fromMemory);
    }

    @Test
    void aReaderThatLagsBeyondTheRingMissesNothingWhileMoreIsAppended() throws Exception {
        appendNumbered(0, 300);
        CompletableFuture<Void> more = CompletableFuture.runAsync(() -> appendNumbered(300, 600));
        List<LogBatch> read = new ArrayList<>();
        while (ids(read).size() < 600) {
            read.add(next(log, Lane.ALARM, read.size()));
        }
        more.get(15, TimeUnit.SECONDS);
        Load.assertHoldsExactly(
                read, IntStream.range(0, 600).mapToObj(i -> "e" + i).toList());
    }

    @Test
    void aReaderThatWaitsIsWokenByTheCommit() throws Exception {
        CompletableFuture<LogBatch> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return next(log, Lane.ALARM, 0);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        appended(log, Lane.ALARM, "sos");
        assertThat(ids(List.of(waiting.get(15, TimeUnit.SECONDS)))).containsExactly("sos");
    }

    @Test
    void whereNothingCameTheWaitEnds() throws Exception {
        assertThat(log.next(Lane.ALARM, 0, Duration.ZERO)).isNull();
        assertThat(log.next(Lane.ALARM, 0, Duration.ofMillis(30))).isNull();
        assertThat(elsewhere.next(Lane.ALARM, 0, Duration.ofMillis(30))).isNull();
    }

    @Test
    void aBatchLargerThanWhatIsFetchedAtATimeIsReadWhole() throws Exception {
        String long1 = "x".repeat(20_000);
        String long2 = "y".repeat(20_000);
        appended(log, Lane.ALARM, long1);
        appended(log, Lane.ALARM, long2, "z");
        assertThat(ids(List.of(next(elsewhere, Lane.ALARM, 0)))).containsExactly(long1);
        assertThat(ids(List.of(next(elsewhere, Lane.ALARM, 1)))).containsExactly(long2, "z");
    }

    @Test
    void aDamagedBatchIsNamedAndTheOnesAroundItAreRead() throws Exception {
        for (int i = 1; i <= 3; i++) {
            appended(log, Lane.ALARM, "e" + i);
        }
        database.database()
                .inTransaction(handle -> handle.execute(
                        "update event_log.alarm_batch set body = set_byte(body, 9, 255) where number = 2"));
        assertThat(ids(List.of(next(elsewhere, Lane.ALARM, 0)))).containsExactly("e1");
        assertThatThrownBy(() -> next(elsewhere, Lane.ALARM, 1))
                .isInstanceOf(DamagedBatchException.class)
                .hasMessageContaining("alarm batch 2");
        assertThat(ids(List.of(next(elsewhere, Lane.ALARM, 2)))).containsExactly("e3");
    }

    private void appendNumbered(int from, int to) {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            outcomes.add(append(log, Lane.ALARM, "e" + i));
            if (i % 5 == 0) {
                outcomes.get(outcomes.size() - 1).join();
            }
        }
        outcomes.forEach(CompletableFuture::join);
    }
}
