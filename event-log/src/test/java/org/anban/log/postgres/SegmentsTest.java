package org.anban.log.postgres;

import static org.anban.log.postgres.LogFixture.NEVER;
import static org.anban.log.postgres.LogFixture.START;
import static org.anban.log.postgres.LogFixture.all;
import static org.anban.log.postgres.LogFixture.appended;
import static org.anban.log.postgres.LogFixture.next;
import static org.anban.log.postgres.LogFixture.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.Lane;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.EventLog.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SegmentsTest {
    private static final LogLimits.Sizes OF_TEN = new LogLimits.Sizes(64 << 10, 1_000, 1 << 20, 2, 1 << 20, 10);

    private static final String WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            + " and datname = current_database() and query like 'alter table%concurrently'";

    private final SettableTime time = new SettableTime(START);
    private TestDatabase database;
    private PostgresEventLog log;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.create();
        database.database().migrate("event_log");
        log = LogFixture.open(database.database(), time, quick(NEVER).with(OF_TEN));
        for (int i = 1; i <= 45; i++) {
            long room = 1 + (i + 3) / 10;
            Eventually.until("the next segment is there before it is needed", () -> segments() >= room);
            assertThat(appended(log, Lane.ALARM, "e" + i)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(log.statistics(Lane.ALARM).interruptions()).isZero();
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    @Test
    void numbersGoOnFromSegmentToSegment() throws Exception {
        assertThat(all(log, Lane.ALARM)).hasSize(45);
        assertThat(segments()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void segmentsBelowWhatIsStillNeededAreRemovedAndAReaderFromBelowSeesTheGap() throws Exception {
        assertThat(log.retain(Lane.ALARM, 25)).isEqualTo(2);
        assertThat(next(log, Lane.ALARM, 0).number()).isEqualTo(21);
        assertThat(next(log, Lane.ALARM, 24).number()).isEqualTo(25);
        assertThat(log.retain(Lane.ALARM, 25)).isZero();
    }

    @Test
    void theSegmentOfTheNewestBatchStaysWhateverIsAsked() throws Exception {
        log.retain(Lane.ALARM, Long.MAX_VALUE);
        log.close();
        log = LogFixture.open(database.database(), time, quick(NEVER).with(OF_TEN));
        assertThat(log.newest(Lane.ALARM)).isEqualTo(45);
        assertThat(appended(log, Lane.ALARM, "e46")).isEqualTo(Outcome.COMMITTED);
        assertThat(log.newest(Lane.ALARM)).isEqualTo(46);
    }

    @Test
    void appendsGoOnWhileSomebodysLongTransactionHoldsUpARemovalThatALaterOneFinishes() throws Exception {
        try (Connection reader = database.database().dedicatedConnection("long reader")) {
            reader.setAutoCommit(false);
            try (Statement statement = reader.createStatement()) {
                statement.execute("select count(*) from event_log.alarm_batch");
            }
            Thread removal = new Thread(
                    () -> assertThatThrownBy(() -> log.retain(Lane.ALARM, 25)).isInstanceOf(CareException.class));
            removal.start();
            Eventually.until("the removal waits", () -> LogFixture.count(database.database(), WAITING) == 1);
            for (int i = 0; i < 3; i++) {
                assertThat(appended(log, Lane.ALARM, "meanwhile")).isEqualTo(Outcome.COMMITTED);
            }
            assertThat(LogFixture.count(database.database(), WAITING)).isEqualTo(1);
            removal.join();
        }
        log.retain(Lane.ALARM, 25);
        assertThat(next(log, Lane.ALARM, 0).number()).isEqualTo(21);
        assertThat(LogFixture.count(
                        database.database(),
                        "select count(*) from pg_class where relname in ('alarm_batch_from_1', 'alarm_batch_from_11')"))
                .isZero();
    }

    private long segments() throws Exception {
        return LogFixture.count(
                database.database(),
                "select count(*) from pg_inherits where inhparent = 'event_log.alarm_batch'::regclass");
    }
}
