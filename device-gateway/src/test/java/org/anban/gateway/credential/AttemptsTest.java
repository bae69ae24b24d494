package org.anban.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.anban.kit.testing.SettableTime;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final SettableTime time = new SettableTime(Instant.parse("2026-01-05T00:00:00Z"));
    private final Attempts attempts = new Attempts(time, 3, 5, Duration.ofMinutes(1));

    @Test
    void whoeverGuessesMustWaitAndTheRealDeviceElsewhereNeedNot() {
        fail("thief", "w-1", 3);
        assertThat(attempts.limited("thief", "w-1")).isTrue();
        assertThat(attempts.limited("home", "w-1")).isFalse();
        assertThat(attempts.limited("thief", "w-2")).isFalse();
    }

    @Test
    void manyNamesFromOneAddressAreLimitedToo() {
        for (int i = 0; i < 5; i++) {
            fail("thief", "w-" + i, 1);
        }
        assertThat(attempts.limited("thief", "w-99")).isTrue();
        assertThat(attempts.limited("home", "w-99")).isFalse();
    }

    @Test
    void afterAWhileItMayTryAgain() {
        fail("thief", "w-1", 3);
        time.advance(Duration.ofSeconds(61));
        assertThat(attempts.limited("thief", "w-1")).isFalse();
    }

    @Test
    void theRightKeyStartsAfresh() {
        fail("home", "w-1", 2);
        attempts.succeeded("home", "w-1");
        fail("home", "w-1", 1);
        assertThat(attempts.limited("home", "w-1")).isFalse();
    }

    private void fail(String address, String device, int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed(address, device);
        }
    }
}
