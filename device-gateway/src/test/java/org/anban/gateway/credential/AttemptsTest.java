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
    void whoeverGuessesIsToldAndNobodyElse() {
        assertThat(wrongKeys("thief", "w-1", 3)).isFalse();
        assertThat(wrongKeys("thief", "w-1", 1)).isTrue();
        assertThat(wrongKeys("home", "w-1", 1)).isFalse();
        assertThat(wrongKeys("thief", "w-2", 1)).isFalse();
    }

    @Test
    void manyUnknownNamesFromOneAddressAreNoticed() {
        assertThat(strangers("thief", 5)).isFalse();
        assertThat(strangers("thief", 1)).isTrue();
        assertThat(strangers("home", 1)).isFalse();
    }

    @Test
    void wrongKeysOfManyDevicesAreNoStrangers() {
        for (int i = 0; i < 10; i++) {
            wrongKeys("proxy", "w-" + i, 1);
        }
        assertThat(strangers("proxy", 1)).isFalse();
    }

    @Test
    void afterAWhileItMayTryAgain() {
        wrongKeys("thief", "w-1", 3);
        time.advance(Duration.ofSeconds(61));
        assertThat(wrongKeys("thief", "w-1", 3)).isFalse();
        assertThat(wrongKeys("thief", "w-1", 1)).isTrue();
    }

    @Test
    void theRightKeyStartsAfresh() {
        wrongKeys("home", "w-1", 3);
        attempts.rightKey("home", "w-1");
        assertThat(wrongKeys("home", "w-1", 1)).isFalse();
    }

    /** Whether the last one was one too many. */
    private boolean wrongKeys(String address, String device, int times) {
        boolean last = false;
        for (int i = 0; i < times; i++) {
            last = attempts.wrongKey(address, device);
        }
        return last;
    }

    private boolean strangers(String address, int times) {
        boolean last = false;
        for (int i = 0; i < times; i++) {
            last = attempts.stranger(address);
        }
        return last;
    }
}
