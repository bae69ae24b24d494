package org.anban.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anban.contracts.device.DeviceId;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceCredentialsTest {
    private static final DeviceId WATCH = new DeviceId("w-1");

    private final TestDatabase test = TestDatabase.create();
    private final DeviceCredentials credentials =
            new DeviceCredentials(test.database(), new SettableTime(Instant.parse("2026-01-05T00:00:00Z")));

    @BeforeEach
    void migrate() {
        test.database().migrate("gateway");
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void onlyTheNewestKeyOpens() {
        String first = credentials.issue(WATCH);
        assertThat(credentials.check(WATCH, first)).isTrue();
        String second = credentials.issue(WATCH);
        assertThat(second).isNotEqualTo(first).hasSize(32);
        assertThat(credentials.check(WATCH, first)).isFalse();
        assertThat(credentials.check(WATCH, second)).isTrue();
        assertThat(credentials.check(new DeviceId("w-2"), second)).isFalse();
    }

    @Test
    void aKeyThatNobodyHasYetIsNotInUseBecauseAnotherIs() {
        String first = credentials.issue(WATCH);
        KeyHash looked = credentials.load(List.of(WATCH)).get(WATCH).newest();
        String second = credentials.rotate(WATCH, Duration.ofDays(7));
        assertThat(credentials.used(Map.of(WATCH, looked)))
                .as("it was exchanged meanwhile")
                .isEmpty();
        assertThat(credentials.check(WATCH, first)).isTrue();
        KeyHash newest = credentials.load(List.of(WATCH)).get(WATCH).newest();
        assertThat(credentials.used(Map.of(WATCH, newest))).containsExactly(WATCH);
        assertThat(credentials.used(Map.of(WATCH, newest)))
                .as("by two processes at once")
                .containsExactly(WATCH);
        assertThat(credentials.check(WATCH, first)).isFalse();
        assertThat(credentials.check(WATCH, second)).isTrue();
    }

    @Test
    void theKeyItselfIsNowhereInTheDatabase() {
        String key = credentials.issue(WATCH);
        List<String> stored = test.database().inTransaction(handle -> handle.createQuery(
                        "select encode(salt || hash, 'escape') || device from gateway.device_key")
                .mapTo(String.class)
                .list());
        assertThat(stored).hasSize(1).noneMatch(row -> row.contains(key));
    }
}
