package org.anban.platform.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingSlotsTest {
    private final HashingSlots slots = new HashingSlots();
    private final ExecutorService many = Executors.newCachedThreadPool();
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void stop() {
        go.countDown();
        many.shutdownNow();
    }

    @Test
    void aKnownAddressGetsInWhileStrangersQueue() throws Exception {
        for (int i = 0; i < 4; i++) {
            many.submit(() -> slots.run(false, this::untilGo));
        }
        Eventually.until("a stranger's password is being checked", () -> running.get() == 1);

        Future<Boolean> known = many.submit(() -> slots.run(true, () -> true));

        assertThat(known.get(2, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void ofManyStrangersFewWaitAndTheOthersAreToldAtOnce() throws Exception {
        List<Future<Boolean>> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(many.submit(() -> slots.run(false, this::untilGo)));
        }

        // long before their patience of 5 s is over
        Eventually.until(
                "seven are refused",
                Duration.ofSeconds(3),
                () -> asked.stream().filter(Future::isDone).count() == 7);
        go.countDown();
        int checked = 0;
        for (Future<Boolean> one : asked) {
            try {
                checked += one.get(10, TimeUnit.SECONDS) ? 1 : 0;
            } catch (ExecutionException e) {
                assertThat(e).hasMessageContaining("too many logins");
            }
        }
        assertThat(checked).isEqualTo(3);
    }

    @Test
    void atMostTwoAreCheckedAtOnce() throws Exception {
        Future<?>[] asked = new Future<?>[6];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = many.submit(() -> slots.run(true, this::untilGo));
        }
        Eventually.until("two are being checked", () -> running.get() == 2);
        go.countDown();
        for (Future<?> one : asked) {
            one.get(10, TimeUnit.SECONDS);
        }

        assertThat(most.get()).isEqualTo(2);
    }

    private boolean untilGo() {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            return go.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            running.decrementAndGet();
        }
    }
}
