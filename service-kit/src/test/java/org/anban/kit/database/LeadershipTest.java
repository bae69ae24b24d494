package org.anban.kit.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final TestDatabase test = TestDatabase.create();
    private final Database database = test.database();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void oneLeadsUntilItLetsGo() {
        Leadership first = Leadership.tryAcquire(database, "store").orElseThrow();
        assertThat(Leadership.tryAcquire(database, "store")).isEmpty();
        assertThat(first.stillHeld()).isTrue();

        first.close();

        Eventually.until("the lock is free", () -> {
            Optional<Leadership> second = Leadership.tryAcquire(database, "store");
            second.ifPresent(Leadership::close);
            return second.isPresent();
        });
        assertThat(first.stillHeld()).isFalse();
    }

    @Test
    void twoPiecesOfWorkHaveALeaderEach() {
        try (Leadership one = Leadership.tryAcquire(database, "store").orElseThrow();
                Leadership other = Leadership.tryAcquire(database, "detector").orElseThrow()) {
            assertThat(one.stillHeld()).isTrue();
            assertThat(other.stillHeld()).isTrue();
        }
    }

    @Test
    void aLeaderWhoseSessionEndedKnowsItAndAnotherTakesOver() {
        Leadership first = Leadership.tryAcquire(database, "store").orElseThrow();
        database.inTransaction(handle -> handle.createQuery(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'anban lead store'")
                .mapTo(Boolean.class)
                .one());

        Eventually.until(
                "another leads", () -> Leadership.tryAcquire(database, "store").isPresent());
        assertThat(first.stillHeld()).isFalse();
    }
}
