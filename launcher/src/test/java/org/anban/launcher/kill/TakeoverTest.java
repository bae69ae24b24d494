package org.anban.launcher.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one database: one has the devices, the other waits until it is needed. */
final class TakeoverTest {
    private static final int DEVICES = 30;
    private static final int FALLING = 5;
    private static final int EVERY_MILLIS = 50;
    private static final int SERVER_UNAVAILABLE = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Acknowledged acknowledged = new Acknowledged();
    private final List<Gadget> crowd = new ArrayList<>();
    private TestDatabase database;
    private Victim first;
    private Victim second;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.create();
        first = new Victim(
                folder.resolve("first"), environment(), List.of("--load-devices", String.valueOf(DEVICES + FALLING)));
        second = new Victim(folder.resolve("second"), environment(), List.of("--no-demo"));
        first.start();
        second.start();
    }

    @AfterEach
    void end() {
        crowd.forEach(Gadget::close);
        second.close();
        first.close();
        database.close();
    }

    @Test
    void theOtherTakesOverWhenTheOneThatAppendsIsKilled() throws Exception {
        List<Map.Entry<String, String>> devices =
                List.copyOf(first.loadDevices().entrySet());
        assertRefuses(second, devices.get(0));
        Set<String> pressed = press(devices);
        Gadget falls = gadget(first.demoDevices("fall").entrySet().iterator().next(), 0);
        falls.press("fall");
        awaitLoad(1_000);
        makeDueSoon();
        first.kill();
        int before = acknowledged.count();
        long killed = System.nanoTime();
        Eventually.until("devices are heard again", LIMIT, () -> acknowledged.count() > before + 50);
        long heard = System.nanoTime();
        awaitLoad(acknowledged.count() + 1_000);
        crowd.forEach(Gadget::fallSilent);
        Eventually.until("devices got rid of all", LIMIT, () -> crowd.stream().allMatch(Gadget::isDone));
        System.out.printf("heard again after %d ms; %s%n", (heard - killed) / 1_000_000, acknowledged);
        judge(pressed);
    }

    /** It lives and answers, and sends devices away to the one that appends. */
    private void assertRefuses(Victim standby, Map.Entry<String, String> device) throws IOException {
        try (Wire wire = Wire.open(standby.mqttPort())) {
            assertThat(wire.connect(device.getKey(), device.getValue()).code()).isEqualTo(SERVER_UNAVAILABLE);
        }
    }

    private Set<String> press(List<Map.Entry<String, String>> devices) {
        devices.subList(0, DEVICES).forEach(device -> gadget(device, EVERY_MILLIS));
        List<Map.Entry<String, String>> once = devices.subList(DEVICES, DEVICES + FALLING);
        once.forEach(device -> gadget(device, 0).press("sos"));
        crowd.get(0).press("sos");
        crowd.get(0).press("sos");
        return once.stream().map(device -> "resident:" + device.getKey()).collect(Collectors.toSet());
    }

    private Gadget gadget(Map.Entry<String, String> device, int everyMillis) {
        Gadget gadget = new Gadget(device, List.of(first.mqttPort(), second.mqttPort()), everyMillis, acknowledged);
        crowd.add(gadget);
        return gadget;
    }

    private void awaitLoad(int count) {
        Eventually.until(count + " acknowledged", LIMIT, () -> acknowledged.count() >= count);
    }

    /** What would come due within a minute does in the middle of the change. */
    private void makeDueSoon() throws Exception {
        try (Connection connection = database.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            Evidence evidence = new Evidence(connection);
            Eventually.until(
                    "a fall waits for its confirmation, and ladders have begun",
                    LIMIT,
                    () -> evidence.number("select count(*) from alert.incident where state = 'CANDIDATE'") == 1
                            && evidence.number("select count(*) from alert.story where kind = 'STEP'") > 0);
            statement.executeUpdate("update alert.deadline set due_at = due_at - interval '55 s'");
        }
    }

    private void judge(Set<String> pressed) throws Exception {
        try (Connection connection = database.database().dataSource().getConnection()) {
            Evidence evidence = new Evidence(connection);
            evidence.everyConsumerCatchesUp();
            StoredLog log = evidence.everythingAcknowledgedIsInTheLog(acknowledged);
            evidence.readingsAreStoredAsTheyAreInTheLog(log);
            evidence.everyAlarmHasExactlyOneIncident(log);
            evidence.eachHasOneIncident(pressed, "SOS");
            Eventually.until(
                    "the fall is confirmed",
                    LIMIT,
                    () -> evidence.number("select count(*) from alert.story where kind = 'CONFIRMED'") > 0);
            evidence.noDeadlineIsLost();
            evidence.noDeadlineActedTwice();
        }
        assertThat(acknowledged.lostSessions()).isZero();
        assertThat(acknowledged.connects(SERVER_UNAVAILABLE))
                .as("sent away by the one that waited")
                .isPositive();
    }

    private Map<String, String> environment() {
        DatabaseConfig config = database.config();
        Map<String, String> environment = new HashMap<>();
        environment.put("CARE_DATABASE_URL", config.url());
        environment.put("CARE_DATABASE_USER", config.user());
        environment.put("CARE_DATABASE_PASSWORD", config.password());
        return environment;
    }
}
