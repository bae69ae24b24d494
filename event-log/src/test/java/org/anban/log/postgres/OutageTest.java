package org.anban.log.postgres;

import static org.anban.log.postgres.LogFixture.START;
import static org.anban.log.postgres.LogFixture.all;
import static org.anban.log.postgres.LogFixture.append;
import static org.anban.log.postgres.LogFixture.quick;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.anban.contracts.event.Lane;
import org.anban.kit.database.Database;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.postgres.EmbeddedPostgres;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.log.EventLog.Outcome;
import org.anban.log.EventLog.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class OutageTest {
    private final SettableTime time = new SettableTime(START);

    @TempDir
    Path home;

    @Test
    void whatIsAppendedWhileTheServerIsGoneIsCommittedWhenItIsBack() throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.start(home);
        AtomicReference<Database> database = new AtomicReference<>(Database.open(server.config()));
        database.get().migrate("event_log");
        PostgresEventLog log = open(database);
        Load load = Load.on(log, "e");
        Eventually.until("entries are appended", () -> load.appended() > 200);

        server.kill();
        server.close();
        Eventually.until("the log is stalled", () -> log.status() == Status.STALLED);
        int before = load.appended();
        Eventually.until("entries are handed over", () -> load.appended() > before + 100);
        assertThat(log.backlogBytes(Lane.ALARM)).isPositive();
        assertThat(log.next(Lane.ALARM, log.newest(Lane.ALARM), Duration.ofMillis(50)))
                .isNull();

        server = EmbeddedPostgres.start(home);
        database.getAndSet(Database.open(server.config())).close();
        load.stop();
        for (Lane lane : Lane.values()) {
            assertThat(load.ids(lane, Outcome.REFUSED)).isEmpty();
        }
        log.close();
        try (PostgresEventLog again = open(database)) {
            for (Lane lane : Lane.values()) {
                Load.assertHoldsExactly(all(again, lane), load.ids(lane, Outcome.COMMITTED));
            }
        }
        assertThat(durabilityWarning(database)).contains("standby");
        database.get().close();
        server.close();
    }

    @Test
    void aLogThatIsOpenedBeforeItsServerWaitsForItAndClosingDoesNotWaitForEver() throws Exception {
        AtomicReference<Database> database = new AtomicReference<>(Database.open(
                new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/none", "nobody", "", 2, Duration.ofMillis(250))));
        PostgresEventLog log = PostgresEventLog.open(new PostgresEventLog.Parts(
                purpose -> database.get().dedicatedConnection(purpose),
                database.get().dataSource(),
                time,
                quick(Duration.ofMillis(20))
                        .with(new LogLimits.Pace(
                                Duration.ofMillis(20),
                                Duration.ofMillis(50),
                                Duration.ofMillis(20),
                                Duration.ofSeconds(20),
                                Duration.ofMillis(300)))));
        assertThat(log.status()).isEqualTo(Status.STALLED);
        CompletableFuture<Outcome> outcome = append(log, Lane.ALARM, "waits");
        assertThat(log.next(Lane.ALARM, 0, Duration.ofMillis(20))).isNull();
        assertThat(outcome).isNotDone();
        log.close();
        assertThat(outcome).isCompletedWithValue(Outcome.REFUSED);
        database.get().close();
    }

    private PostgresEventLog open(AtomicReference<Database> database) {
        return PostgresEventLog.open(new PostgresEventLog.Parts(
                purpose -> database.get().dedicatedConnection(purpose),
                database.get().dataSource(),
                time,
                quick(Duration.ofMillis(20))));
    }

    private String durabilityWarning(AtomicReference<Database> database) {
        try (PostgresEventLog log = open(database)) {
            return log.durabilityWarning().orElseThrow();
        }
    }
}
