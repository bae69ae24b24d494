package org.anban.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceId;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two who write the same command. */
@Timeout(120)
class CommandRaceTest {
    @Test
    void whatIsAcknowledgedWhileItIsLookedForIsNotSentAgain() throws Exception {
        try (TestDatabase test = TestDatabase.create()) {
            test.database().migrate("gateway");
            Commands commands = new Commands(test.database(), new SettableTime(Instant.parse("2026-01-05T00:30:00Z")));
            String id = commands.send(
                    new DeviceId("dev"), new JsonObject().put("type", "find"), Duration.ofHours(1), "staff-1");
            assertThat(commands.undelivered("dev")).hasSize(1);
            try (Connection other = test.database().dedicatedConnection("test");
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("update gateway.command set state = 'acknowledged' where id = '" + id + "'");
                CompletableFuture<List<Command>> looked =
                        CompletableFuture.supplyAsync(() -> commands.undelivered("dev"));
                Eventually.until("it waits for the row", () -> isWaiting(statement));
                other.commit();
                assertThat(looked.get(30, TimeUnit.SECONDS)).isEmpty();
            }
            assertThat(commands.undelivered("dev")).as("it stays acknowledged").isEmpty();
        }
    }

    private static boolean isWaiting(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select 1 from pg_locks where not granted"
                + " and pid in (select pid from pg_stat_activity where datname = current_database())")) {
            return found.next();
        }
    }
}
