package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.Lane;
import org.anban.gateway.GatewayUnderTest;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.Eventually;
import org.anban.log.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices see when the log cannot write. */
@Timeout(90)
class LogTroubleTest {
    private static final String HEART_RATE = "{\"heartRate\":72}";
    private static final String SOS = "{\"type\":\"sos\"}";

    private final GatewayUnderTest gateway =
            GatewayUnderTest.start(Duration.ofSeconds(10), new Quota.Limit(1_000_000, 1_000_000));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void anAlarmThatCannotBeStoredIsShownOnceAndAcknowledgedOnlyWhenItIsStored() throws Exception {
        String key = gateway.register("alarmed");
        try (RawClient client = RawClient.connected(gateway.port(), 4, "alarmed", key)) {
            try (Connection lock = locked("alarm_batch")) {
                client.send(client.publish("care/v1/alarmed/event", 1, 1, SOS));
                assertThat(gateway.unstored().poll(10, TimeUnit.SECONDS)).isEqualTo(new DeviceId("alarmed"));
                assertThat(client.isQuiet()).as("not acknowledged").isTrue();
                lock.rollback();
            }
            assertThat(client.next()).isEqualTo("400001");
        }
        assertThat(gateway.unstored().poll(600, TimeUnit.MILLISECONDS))
                .as("told once")
                .isNull();
        assertThat(gateway.logged(Lane.ALARM, "alarmed")).hasSize(1);
    }

    @Test
    void telemetryThatWaitsHoldsUpNoAlarmOfAnotherDevice() throws Exception {
        String slow = gateway.register("slow");
        String quick = gateway.register("quick");
        try (RawClient waiting = RawClient.connected(gateway.port(), 4, "slow", slow);
                RawClient alarm = RawClient.connected(gateway.port(), 4, "quick", quick)) {
            try (Connection lock = locked("telemetry_batch")) {
                waiting.send(waiting.publish("care/v1/slow/telemetry", 1, 1, HEART_RATE));
                alarm.send(alarm.publish("care/v1/quick/event", 1, 2, SOS));
                assertThat(alarm.next()).isEqualTo("400002");
                assertThat(waiting.isQuiet()).isTrue();
                lock.rollback();
            }
            assertThat(waiting.next()).isEqualTo("400001");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void telemetryThatWaitsHoldsUpNoAlarmOfItsOwnDevice(int qos) throws Exception {
        String device = "wristband-" + qos;
        String key = gateway.register(device);
        String telemetry = "care/v1/" + device + "/telemetry";
        try (RawClient client = RawClient.connected(gateway.port(), 4, device, key)) {
            try (Connection lock = locked("telemetry_batch")) {
                for (int i = 1; i <= 99; i++) { // more than may wait for their answers, or be read at once
                    client.send(client.publish(telemetry, qos, i, HEART_RATE + " ".repeat(4_000)));
                }
                client.send(client.publish("care/v1/" + device + "/event", 1, 100, "{\"type\":\"door-opened\"}"));
                client.send(client.publish("care/v1/" + device + "/event", 1, 101, SOS));
                Eventually.until(
                        "the alarm is stored",
                        () -> gateway.logged(Lane.ALARM, device).size() == 1);
                assertThat(client.isQuiet())
                        .as("no answer before those before it")
                        .isTrue();
                lock.rollback();
            }
            int answered = 0;
            String answer = client.next();
            while (answer.equals(String.format("40%04x", answered + 1))) {
                answered++;
                answer = client.next();
            }
            assertThat(answer).as("the alarm").isEqualTo("400065");
            assertThat(client.next()).as("the rest is to be sent again").isEqualTo("closed");
            int logged = gateway.logged(Lane.TELEMETRY, device).size();
            assertThat(logged).as("what waited, and no more").isBetween(16, 50);
            assertThat(answered).isEqualTo(qos == 0 ? 0 : logged);
        }
    }

    @Test
    void anAlarmIsAnsweredAlsoWhenWhatWaitedBeforeItIsWrittenInTwoPieces() throws Exception {
        String key = gateway.register("pieces");
        String telemetry = "care/v1/pieces/telemetry";
        try (RawClient client = RawClient.connected(gateway.port(), 4, "pieces", key)) {
            try (Connection lock = locked("telemetry_batch")) {
                for (int i = 1; i <= 12; i++) { // more than half of what may wait: the first piece makes room
                    client.send(client.publish(telemetry, 1, i, HEART_RATE));
                }
                Eventually.until(
                        "the first piece is being written",
                        () -> gateway.log().status(Lane.TELEMETRY) == EventLog.Status.STALLED);
                for (int i = 13; i <= 40; i++) {
                    client.send(client.publish(telemetry, 1, i, HEART_RATE));
                }
                client.send(client.publish("care/v1/pieces/event", 1, 41, SOS));
                Eventually.until(
                        "the alarm is stored",
                        () -> gateway.logged(Lane.ALARM, "pieces").size() == 1);
                lock.rollback();
            }
            String answer = client.next();
            for (int i = 1; answer.equals(String.format("40%04x", i)); i++) {
                answer = client.next();
            }
            assertThat(answer).as("the alarm").isEqualTo("400029");
            assertThat(client.next()).as("the rest is to be sent again").isEqualTo("closed");
        }
    }

    @Test
    void aDeviceConnectsAndRaisesAnAlarmWhileTelemetryCannotBeWritten() throws Exception {
        String key = gateway.register("newcomer");
        try (Connection lock = locked("telemetry_batch")) {
            Eventually.until("it is known", () -> gateway.log().status(Lane.TELEMETRY) == EventLog.Status.STALLED);
            try (RawClient client = RawClient.connected(gateway.port(), 4, "newcomer", key)) {
                client.send(client.publish("care/v1/newcomer/event", 1, 1, SOS));
                assertThat(client.next()).isEqualTo("400001");
            }
            lock.rollback();
        }
    }

    @Test
    void aFloodThatCannotBeWrittenStaysInTheNetwork() throws Exception {
        String key = gateway.register("flood");
        AtomicBoolean sent = new AtomicBoolean();
        try (RawClient client = RawClient.connected(gateway.port(), 4, "flood", key)) {
            byte[] message = client.publish("care/v1/flood/telemetry", 0, 0, HEART_RATE + " ".repeat(10_000));
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 4_000; i++) {
                        client.send(message);
                    }
                    sent.set(true);
                } catch (IOException e) {
                    // the test has ended
                }
            });
            try (Connection lock = locked("telemetry_batch")) {
                sender.start();
                Eventually.until("it has begun", () -> gateway.log().backlogBytes(Lane.TELEMETRY) > 0);
                sender.join(1_000);
                assertThat(sent).as("40 MB were not taken in").isFalse();
                assertThat(gateway.log().backlogBytes(Lane.TELEMETRY)).isLessThan(1_000_000);
                lock.rollback();
            }
            sender.join(30_000);
            assertThat(sent).isTrue();
            Eventually.until(
                    "all of it is logged",
                    () -> gateway.logged(Lane.TELEMETRY, "flood").size() == 4_000);
        }
    }

    @Test
    void whenTheLogIsLostConnectionsEndWithoutAnAcknowledgement() throws Exception {
        String key = gateway.register("orphan");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "orphan", key)) {
            gateway.log().close();
            client.send(client.publish("care/v1/orphan/telemetry", 1, 1, HEART_RATE));
            assertThat(client.next()).isEqualTo("e08800");
            assertThat(client.next()).isEqualTo("closed");
        }
        assertThat(gateway.log().status()).isEqualTo(EventLog.Status.CLOSED);
        try (RawClient client = RawClient.open(gateway.port(), 5)) {
            client.send(client.connect("orphan", key, true, 60));
            assertThat(client.next()).startsWith("200088");
        }
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect("orphan", key, true, 60));
            assertThat(client.next()).isEqualTo("200003");
        }
    }

    @Test
    void whatIsStoredAfterItsConnectionDroppedIsNotTakenTwice() throws Exception {
        String key = gateway.register("dropped");
        String event = "care/v1/dropped/event";
        byte[] publish;
        try (Connection lock = locked("alarm_batch")) {
            try (RawClient client = RawClient.open(gateway.port(), 4)) {
                client.send(client.connect("dropped", key, false, 60));
                assertThat(client.next()).isEqualTo("200000");
                publish = client.publish(event, 2, 7, SOS);
                client.send(publish);
                client.send(RawClient.DISCONNECT);
                assertThat(client.next()).as("not acknowledged").isEqualTo("closed");
            }
            lock.rollback();
        }
        Eventually.until(
                "it is stored", () -> gateway.logged(Lane.ALARM, "dropped").size() == 1);
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect("dropped", key, false, 60));
            assertThat(client.next()).isEqualTo("200100");
            client.send(RawClient.again(publish));
            assertThat(client.next()).isEqualTo("500007");
        }
        assertThat(gateway.logged(Lane.ALARM, "dropped")).hasSize(1);
    }

    @Test
    void whatAnEarlierSessionStoresLateMeansNothingToTheNext() throws Exception {
        String key = gateway.register("cleaned");
        String event = "care/v1/cleaned/event";
        try (RawClient first = RawClient.open(gateway.port(), 5)) {
            first.send(first.connect("cleaned", key, false, 60));
            assertThat(first.next()).startsWith("200000");
            try (Connection lock = locked("alarm_batch")) {
                first.send(first.publish(event, 2, 7, SOS));
                assertThat(first.isQuiet()).isTrue();
                try (RawClient second = RawClient.open(gateway.port(), 5)) {
                    second.send(second.connect("cleaned", key, true, 60));
                    assertThat(second.next()).startsWith("200000");
                    lock.rollback();
                    Eventually.until(
                            "it is stored",
                            () -> gateway.logged(Lane.ALARM, "cleaned").size() == 1);
                    second.send(RawClient.again(second.publish(event, 2, 7, SOS)));
                    assertThat(second.next()).isEqualTo("500007");
                }
            }
        }
        assertThat(gateway.logged(Lane.ALARM, "cleaned")).hasSize(2);
    }

    @Test
    void whenTheLogIsLostADeviceThatSaysNothingIsSentAwayToo() throws Exception {
        String key = gateway.register("idle");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "idle", key)) {
            gateway.log().close();
            assertThat(client.next()).isEqualTo("e08800");
            assertThat(client.next()).isEqualTo("closed");
        }
    }

    /** Holds a table of the log against writers until it is rolled back. */
    private Connection locked(String table) throws Exception {
        Connection connection = gateway.database().database().dedicatedConnection("test lock");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table event_log." + table + " in exclusive mode");
        }
        return connection;
    }
}
