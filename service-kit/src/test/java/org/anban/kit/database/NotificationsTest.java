package org.anban.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NotificationsTest {
    private final TestDatabase test = TestDatabase.create();
    private final Database database = test.database();
    private final Notifications notifications = Notifications.open(database, new SimpleMeterRegistry());
    private final Semaphore woken = new Semaphore(0);

    @AfterEach
    void close() {
        notifications.close();
        test.close();
    }

    @Test
    void aListenerIsWokenByItsChannelOnly() throws Exception {
        Semaphore other = new Semaphore(0);
        notifications.listen("incidents", woken::release);
        notifications.listen("commands", other::release);
        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS))
                .as("once when it listens")
                .isTrue();
        assertThat(other.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

        database.notify("incidents");

        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(other.availablePermits()).isZero();
    }

    @Test
    void oneFailingListenerDoesNotStopTheOthers() throws Exception {
        notifications.listen("incidents", () -> {
            throw new IllegalStateException("mine");
        });
        notifications.listen("incidents", woken::release);
        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

        database.notify("incidents");

        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void afterALostConnectionListenersAreWokenAndListenAgain() throws Exception {
        notifications.listen("incidents", woken::release);
        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

        database.inTransaction(handle -> handle.createQuery(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'anban notifications'")
                .mapTo(Boolean.class)
                .one());

        assertThat(woken.tryAcquire(20, TimeUnit.SECONDS))
                .as("something may have been missed")
                .isTrue();
        database.notify("incidents");
        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClosedSubscriptionIsNotWoken() throws Exception {
        Semaphore gone = new Semaphore(0);
        Notifications.Subscription subscription = notifications.listen("incidents", gone::release);
        notifications.listen("incidents", woken::release);
        assertThat(gone.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        subscription.close();
        gone.drainPermits();

        database.notify("incidents");

        assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(gone.availablePermits()).isZero();
    }

    @Test
    void aChannelIsAPlainName() {
        assertThatThrownBy(() -> notifications.listen("x; drop table y", woken::release))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> database.notify("Incidents")).isInstanceOf(IllegalArgumentException.class);
    }
}
