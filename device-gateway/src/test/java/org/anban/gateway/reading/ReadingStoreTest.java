package org.anban.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.reading.ReadingPoint;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.block.BlockReader;
import org.anban.gateway.command.Commands;
import org.anban.gateway.setaside.SetAsides;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.EventLog;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadingStoreTest {
    private static final Instant NOON = Instant.parse("2026-01-05T04:00:00Z");
    private static final SubjectId MOTHER = SubjectId.resident("r-1");
    private static final DeviceId WATCH = new DeviceId("w-1");
    private static final double REFUSED = 66.0123456789;

    private final TestDatabase test = TestDatabase.create();
    private final SettableTime time = new SettableTime(NOON);
    private PostgresEventLog log;
    private SetAsides setAsides;
    private ReadingStore store;

    @BeforeEach
    void start() {
        test.database().migrate("event_log");
        test.database().migrate("gateway");
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                test.database()::dedicatedConnection, test.database().dataSource(), time, LogLimits.defaults()));
        setAsides = SetAsides.open(test.database(), time, new SimpleMeterRegistry());
        store = open();
    }

    private ReadingStore open() {
        return ReadingStore.start(
                new ReadingStore.Parts(test.database(), log, new Commands(test.database(), time), setAsides),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        store.close();
        setAsides.close();
        log.close();
        test.close();
    }

    @Test
    void readingsComeBackInTheOrderOfTimeThoughTheyCameLate() throws Exception {
        append(heartRate(NOON.minusSeconds(60), 71), heartRate(NOON, 72), heartRate(NOON.minusSeconds(120), 70));
        append(heartRate(NOON.minus(Duration.ofDays(20)), 60));

        assertThat(series(NOON.minus(Duration.ofDays(30)), NOON.plusSeconds(1), 10))
                .extracting(ReadingPoint::value)
                .containsExactly(60.0, 70.0, 71.0, 72.0);
        assertThat(series(NOON.minusSeconds(60), NOON, 10))
                .as("from is inside, to is not")
                .extracting(ReadingPoint::value)
                .containsExactly(71.0);
    }

    @Test
    void everySignalKeepsItsValueAndItsPlaceInTime() throws Exception {
        SignalValues.Builder all = new SignalValues.Builder();
        for (Signal signal : Signal.values()) {
            all.put(signal, signal.ordinal() + 0.5);
        }
        Instant at = Instant.parse("2026-01-05T03:59:59.123456Z");
        append(new Readings(new EventTime(at, NOON, at), all.build(), null));

        for (Signal signal : Signal.values()) {
            assertThat(store.history().series(MOTHER, signal, at, NOON, 5))
                    .as(signal.wireName())
                    .containsExactly(new ReadingPoint(at, signal.ordinal() + 0.5));
        }
    }

    @Test
    void whatWasDeliveredTwiceIsShownOnce() throws Exception {
        append(heartRate(NOON, 72));
        append(heartRate(NOON, 72));
        assertThat(series(NOON.minusSeconds(1), NOON.plusSeconds(1), 10)).hasSize(1);
    }

    @Test
    void ofTwoValuesForOneInstantTheLaterOneCounts() throws Exception {
        append(heartRate(NOON, 72), heartRate(NOON, 73));
        assertThat(series(NOON, NOON.plusSeconds(1), 10))
                .as("in one block")
                .extracting(ReadingPoint::value)
                .containsExactly(73.0);
        append(heartRate(NOON, 74));
        append(new Readings(EventTime.received(NOON), SignalValues.of(Map.of(Signal.SPO2, 97.0)), null));
        assertThat(series(NOON, NOON.plusSeconds(1), 10))
                .as("in several blocks, one without the signal")
                .extracting(ReadingPoint::value)
                .containsExactly(74.0);
    }

    @Test
    void aSeriesGoesOnOverHoursAndDays() throws Exception {
        List<Readings> night = new ArrayList<>();
        for (int i = 0; i < 30 * 60; i++) {
            night.add(heartRate(NOON.minus(Duration.ofMinutes(i)), 60 + i / 60));
        }
        append(night.toArray(Readings[]::new));

        assertThat(series(NOON.minus(Duration.ofHours(30)), NOON.plusSeconds(1), 2_000))
                .hasSize(1_800)
                .isSortedAccordingTo(Comparator.comparing(ReadingPoint::at));
        assertThat(count("select count(*) from gateway.reading_block"))
                .as("a block an hour")
                .isEqualTo(31);
    }

    @Test
    void moreThanTheLimitBecomesMediansOfEqualStretches() throws Exception {
        List<Readings> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(heartRate(NOON.minusSeconds(100 - i), i % 10 == 0 ? 200 : 70 + i / 50));
        }
        append(many.toArray(Readings[]::new));

        List<ReadingPoint> points = series(NOON.minusSeconds(100), NOON, 10);

        assertThat(points).hasSize(10);
        assertThat(points)
                .extracting(ReadingPoint::value)
                .startsWith(70.0, 70.0)
                .endsWith(71.0);
        assertThat(points.get(0).at()).isEqualTo(NOON.minusSeconds(95));
    }

    @Test
    void aClockThatWasNotBelievedIsKept() throws Exception {
        Instant wrong = NOON.plus(Duration.ofHours(3));
        append(new Readings(new EventTime(NOON, NOON, wrong), SignalValues.of(Map.of(Signal.SPO2, 97.0)), null));
        byte[] block = test.database()
                .inTransaction(handle -> handle.createQuery("select body from gateway.reading_block")
                        .mapTo(byte[].class)
                        .one());
        BlockReader kept = new BlockReader(NOON, block);
        assertThat(kept.next()).isTrue();
        assertThat(kept.deviceAt()).isEqualTo(wrong);
        assertThat(kept.next()).isFalse();
    }

    @Test
    void afterARestartItGoesOnWhereItWas() throws Exception {
        append(heartRate(NOON, 72));
        store.close();
        appendOnly(heartRate(NOON.plusSeconds(1), 73));
        store = open();
        Eventually.until("both are there, once", () -> rows() == 2);
        append(heartRate(NOON.plusSeconds(2), 74));
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void ofTwoProcessesOneStoresAndTheOtherTakesOver() throws Exception {
        append(heartRate(NOON, 72));
        try (ReadingStore other = open()) {
            assertThat(rows()).isEqualTo(1);
            store.close();
            appendOnly(heartRate(NOON.plusSeconds(1), 73));
            Eventually.until("the other took over", () -> rows() == 2 && other.storedBatch() > 0);
        }
    }

    @Test
    void aValueThatTheDatabaseRefusesStopsNothing() throws Exception {
        refuse(REFUSED);
        append(heartRate(NOON, 65), heartRate(NOON.plusSeconds(1), REFUSED), heartRate(NOON.plusSeconds(2), 67));

        assertThat(series(NOON, NOON.plusSeconds(10), 10)).hasSize(2);
        Eventually.until(
                "it is counted",
                () -> count("select count(*) from gateway.set_aside where reason = 'not-stored'") == 1);
    }

    @Test
    void oneRefusedValueAmongManyCostsOnlyItself() throws Exception {
        refuse(REFUSED);
        Readings[] many = new Readings[500];
        for (int i = 0; i < many.length; i++) {
            many[i] = heartRate(NOON.minusSeconds(i), i == 321 ? REFUSED : 70);
        }
        append(many);

        assertThat(rows()).isEqualTo(499);
        Eventually.until(
                "it is counted, once",
                () -> count("select coalesce(sum(count), 0) from gateway.set_aside where reason = 'not-stored'") == 1);
    }

    @Test
    void theLaterValueCountsAlsoWhereARefusedOneParts() throws Exception {
        refuse(REFUSED);
        append(heartRate(NOON, 72));
        append(
                heartRate(NOON, 73),
                heartRate(NOON, 74),
                heartRate(NOON, 75),
                heartRate(NOON.plusSeconds(1), REFUSED),
                heartRate(NOON, 76));

        assertThat(series(NOON, NOON.plusSeconds(1), 10))
                .extracting(ReadingPoint::value)
                .containsExactly(76.0);
        List<String> places = test.database()
                .inTransaction(handle -> handle.createQuery("select batch || '/' || part from gateway.reading_block")
                        .mapTo(String.class)
                        .list());
        assertThat(places)
                .as("no two blocks of the hour stand in the same place")
                .hasSizeGreaterThan(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void aDamagedBatchIsCountedAndLeftBehind() throws Exception {
        append(heartRate(NOON, 72));
        store.close();
        appendOnly(heartRate(NOON.plusSeconds(1), 73));
        long damaged = log.newest(Lane.TELEMETRY);
        appendOnly(heartRate(NOON.plusSeconds(2), 74));
        log.close();
        test.database()
                .inTransaction(handle -> handle.execute(
                        "update event_log.telemetry_batch set body = '\\x00' where number = ?", damaged));
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                test.database()::dedicatedConnection, test.database().dataSource(), time, LogLimits.defaults()));
        store = open();

        Eventually.until("what came after it is there", () -> rows() == 2 && store.storedBatch() > damaged);
        assertThat(series(NOON, NOON.plusSeconds(10), 10))
                .extracting(ReadingPoint::value)
                .containsExactly(72.0, 74.0);
        Eventually.until(
                "it is counted",
                () -> count("select coalesce(sum(count), 0) from gateway.set_aside where reason = 'not-stored'") == 1);
    }

    @Test
    void anUnknownSubjectHasNoReadingsAndNonsenseIsRefused() {
        assertThat(store.history().series(SubjectId.resident("nobody"), Signal.SPO2, NOON, NOON.plusSeconds(1), 5))
                .isEmpty();
        assertThatThrownBy(() -> series(NOON, NOON, 5)).isInstanceOf(CareException.class);
        assertThatThrownBy(() -> series(NOON, NOON.plusSeconds(1), 0)).isInstanceOf(CareException.class);
    }

    /** Any block with this number; its octets are such that nothing else can be mistaken for it. */
    private void refuse(double number) {
        String octets = "\\x%016x".formatted(Double.doubleToRawLongBits(number));
        test.database()
                .inTransaction(handle -> handle.execute("alter table gateway.reading_block add constraint refuse check"
                        + " (position('" + octets + "'::bytea in body) = 0)"));
    }

    private List<ReadingPoint> series(Instant from, Instant to, int limit) {
        return store.history().series(MOTHER, Signal.HEART_RATE, from, to, limit);
    }

    private static Readings heartRate(Instant at, double value) {
        return new Readings(
                new EventTime(at, at.isAfter(NOON) ? at : NOON, at),
                SignalValues.of(Map.of(Signal.HEART_RATE, value)),
                null);
    }

    private void append(Readings... readings) throws Exception {
        appendOnly(readings);
        long newest = log.newest(Lane.TELEMETRY);
        Eventually.until("stored", () -> store.storedBatch() >= newest);
    }

    private void appendOnly(Readings... readings) throws Exception {
        List<LogEntry> entries = new ArrayList<>();
        for (Readings one : readings) {
            entries.add(new LogEntry(WATCH, MOTHER, one));
        }
        CompletableFuture<EventLog.Outcome> outcome = new CompletableFuture<>();
        log.append(Lane.TELEMETRY, entries, outcome::complete);
        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(EventLog.Outcome.COMMITTED);
    }

    private long rows() {
        return count("select coalesce(sum(readings), 0) from gateway.reading_block");
    }

    private long count(String sql) {
        return test.database()
                .inTransaction(
                        handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
