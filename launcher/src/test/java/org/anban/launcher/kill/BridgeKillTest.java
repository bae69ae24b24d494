package org.anban.launcher.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestDatabase;
import org.anban.simulator.broker.Mosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes on one database hear one Mosquitto, and the one that hears it is killed again and again under load: what
 * the broker has acknowledged to its devices is in the log in the end.
 */
final class BridgeKillTest {
    private static final int ROUNDS = Integer.getInteger("kill.bridge.rounds", 3);
    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final int PUBLISHERS = 3;
    private static final int DEVICES = 12;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Acknowledged acknowledged = new Acknowledged();
    private final List<BrokerDevices> publishers = new ArrayList<>();
    private final Mosquitto broker = Mosquitto.start(List.of("allow_anonymous true", "max_queued_messages 0"));
    private TestDatabase database;
    private Victim first;
    private Victim second;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.create();
        first = new Victim(folder.resolve("first"), environment(), List.of("--load-devices", String.valueOf(DEVICES)));
        second = new Victim(folder.resolve("second"), environment(), List.of("--no-demo"));
        first.start();
        second.start();
        awaitHeard(first);
    }

    @AfterEach
    void end() {
        publishers.forEach(BrokerDevices::close);
        second.close();
        first.close();
        broker.close();
        database.close();
    }

    @Test
    void nothingThatTheBrokerAcknowledgedIsLost() throws Exception {
        System.out.printf("kill.bridge.rounds=%d kill.seed=%d%n", ROUNDS, SEED);
        List<String> devices = List.copyOf(first.loadDevices().keySet());
        for (int i = 0; i < PUBLISHERS; i++) {
            int share = DEVICES / PUBLISHERS;
            publishers.add(
                    BrokerDevices.start(broker.port(), devices.subList(i * share, (i + 1) * share), acknowledged));
        }
        Victim hears = first;
        Victim waits = second;
        for (int round = 0; round < ROUNDS; round++) {
            int before = acknowledged.count();
            Eventually.until("there is load", LIMIT, () -> acknowledged.count() > before + 200);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(500)));
            hears.kill();
            awaitHeard(waits);
            hears.start();
            Victim killed = hears;
            hears = waits;
            waits = killed;
        }
        publishers.forEach(BrokerDevices::stop);
        System.out.println(acknowledged);
        judge();
    }

    private void judge() throws Exception {
        try (Connection connection = database.database().dataSource().getConnection()) {
            Eventually.until("all is in the log", LIMIT, () -> {
                StoredLog log = StoredLog.read(connection);
                return log.readings().containsAll(acknowledged.readings())
                        && log.places().keySet().containsAll(acknowledged.alarms());
            });
            Evidence evidence = new Evidence(connection);
            evidence.everyConsumerCatchesUp();
            StoredLog log = evidence.everythingAcknowledgedIsInTheLog(acknowledged);
            evidence.readingsAreStoredAsTheyAreInTheLog(log);
            evidence.everyAlarmHasExactlyOneIncident(log);
        }
        assertThat(acknowledged.alarms()).as("alarms were raised").hasSizeGreaterThan(ROUNDS);
    }

    /** Both of its connections to the broker stand. */
    private static void awaitHeard(Victim victim) {
        for (String link : List.of("events", "telemetry")) {
            Eventually.until(
                    "it hears " + link,
                    LIMIT,
                    () -> victim.process().metric("anban_bridge_connected{link=\"" + link + "\"}") == 1);
        }
    }

    private Map<String, String> environment() {
        DatabaseConfig config = database.config();
        Map<String, String> environment = new HashMap<>();
        environment.put("CARE_DATABASE_URL", config.url());
        environment.put("CARE_DATABASE_USER", config.user());
        environment.put("CARE_DATABASE_PASSWORD", config.password());
        environment.put("CARE_BRIDGE_URL", "mqtt://127.0.0.1:" + broker.port());
        return environment;
    }
}
