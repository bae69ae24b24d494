package org.anban.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final DeviceId WATCH = new DeviceId("w-1");

    private final TestDatabase test = TestDatabase.create();
    private final SettableTime time = new SettableTime(Instant.parse("2026-01-05T00:00:00Z"));
    private final Commands commands = new Commands(test.database(), time);

    @BeforeEach
    void migrate() {
        test.database().migrate("gateway");
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aThousandWaitAtMostAndTheOldestHundredAreFetched() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sent.add(send());
            time.advance(Duration.ofMillis(1));
        }
        assertThatThrownBy(this::send).isInstanceOf(CareException.class).hasMessageContaining("1000 commands");
        assertThat(commands.send(new DeviceId("w-2"), command(), Duration.ofHours(1), "admin"))
                .as("of another device")
                .isNotBlank();

        List<String> fetched = fetched();
        assertThat(fetched).isEqualTo(sent.subList(0, 100));
        assertThat(fetched()).as("until they are acknowledged").isEqualTo(fetched);
        commands.acknowledged(fetched);
        assertThat(fetched()).isEqualTo(sent.subList(100, 200));
        assertThat(send()).as("there is room again").isNotBlank();
    }

    private List<String> fetched() {
        return commands.undelivered(WATCH.value()).stream().map(Command::id).toList();
    }

    private String send() {
        return commands.send(WATCH, command(), Duration.ofHours(1), "admin");
    }

    private static JsonObject command() {
        return new JsonObject().put("type", "locate");
    }
}
