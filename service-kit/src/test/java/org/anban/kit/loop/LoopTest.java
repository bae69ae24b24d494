package org.anban.kit.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void aFailingTurnIsCountedAndTheNextOneComes() {
        AtomicInteger turns = new AtomicInteger();
        try (Loop loop = Loop.start("unlucky", metrics, () -> {
            if (turns.incrementAndGet() <= 2) {
                throw new StackOverflowError("even an error does not end it");
            }
            return Duration.ofHours(1);
        })) {
            Eventually.until("a third turn", () -> turns.get() == 3);

            assertThat(metrics.counter("anban.loop.failures", "loop", "unlucky").count())
                    .isEqualTo(2);
            assertThat(loop.problem(Duration.ofMinutes(1))).isEmpty();
        }
    }

    @Test
    void aWakeUpEndsARestAndIsNotLostDuringATurn() throws Exception {
        BlockingQueue<Integer> turns = new LinkedBlockingQueue<>();
        AtomicInteger count = new AtomicInteger();
        AtomicReference<Loop> self = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        try (Loop loop = Loop.start("sleeper", metrics, () -> {
            known.await();
            int turn = count.incrementAndGet();
            if (turn == 1) {
                self.get().wake();
            }
            turns.add(turn);
            return Duration.ofHours(1);
        })) {
            self.set(loop);
            known.countDown();
            assertThat(turns.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(turns.poll(10, TimeUnit.SECONDS))
                    .as("woken during its turn")
                    .isEqualTo(2);

            loop.wake();
            assertThat(turns.poll(10, TimeUnit.SECONDS))
                    .as("woken while resting")
                    .isEqualTo(3);
            assertThat(turns.poll(50, TimeUnit.MILLISECONDS))
                    .as("else it rests")
                    .isNull();
        }
    }

    @Test
    void closingEndsTheThreadAndSaysSo() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Loop loop = Loop.start("short", metrics, () -> {
            thread.set(Thread.currentThread());
            return Duration.ofHours(1);
        });
        Eventually.until("a turn", () -> thread.get() != null);

        loop.close();
        loop.close();

        assertThat(thread.get().isAlive()).isFalse();
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(loop.problem(Duration.ofHours(1))).contains("short is not running");
    }

    @Test
    void oneThatOnlyFailsIsAProblem() {
        try (Loop loop = Loop.start("broken", metrics, () -> {
            throw new IllegalStateException("always");
        })) {
            Eventually.until(
                    "it has failed",
                    () -> metrics.counter("anban.loop.failures", "loop", "broken")
                                    .count()
                            > 0);
            assertThat(loop.problem(Duration.ZERO)).get().asString().contains("broken has not succeeded");
            assertThat(metrics.get("anban.loop.quiet.seconds")
                            .tag("loop", "broken")
                            .gauge()
                            .value())
                    .isPositive();
        }
    }
}
