package org.anban.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.Line;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.gateway.inlet.InletLimits;
import org.anban.gateway.inlet.InletUnderTest;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.Eventually;
import org.anban.log.EventLog;
import org.anban.log.postgres.PostgresEventLog;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes from a real Mosquitto. */
@Timeout(180)
class BridgeTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final InletUnderTest gateway = new InletUnderTest(new Quota.Limit(1e6, 1e6), InletLimits.DEFAULT);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Mosquitto broker;
    private Bridge bridge;

    @BeforeEach
    void start() throws IOException {
        broker = Mosquitto.start(folder, "allow_anonymous true");
        gateway.register("w-1");
        gateway.register("w-2");
    }

    @AfterEach
    void stop() {
        if (bridge != null) {
            bridge.close();
        }
        broker.close();
        gateway.close();
    }

    @Test
    void whatDevicesTellTheBrokerIsLogged() throws Exception {
        bridge = connected(config(20));
        try (Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("care/v1/w-1/telemetry", "{\"heartRate\":72}");
            publisher.publish("care/v1/w-2/event", "{\"id\":\"e-1\",\"type\":\"sos\"}");
        }
        awaitLogged(Lane.TELEMETRY, 1);
        awaitLogged(Lane.ALARM, 1);
        assertThat(gateway.logged(Lane.ALARM).get(0).device().value()).isEqualTo("w-2");
        assertNothingWaits();
    }

    @Test
    void theBrokerKeepsWhatComesWhileWeAreAway() throws Exception {
        bridge = connected(config(20));
        bridge.close();
        try (Publisher publisher = new Publisher(broker.url())) {
            readings(publisher, 0, 100);
        }
        assertThat(heartRates()).isEmpty();
        bridge = connected(config(20));
        awaitLogged(Lane.TELEMETRY, 100);
        assertThat(heartRates()).isEqualTo(range(0, 100));
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsInTheLog() throws Exception {
        bridge = connected(config(20));
        try (Publisher publisher = new Publisher(broker.url())) {
            try (Connection lock = gateway.locked("telemetry_batch")) {
                readings(publisher, 0, 100);
                Eventually.until("it has what it may have", LIMIT, () -> bridge.waiting() == 20);
                publisher.publish("care/v1/w-2/event", "{\"id\":\"e-1\",\"type\":\"sos\"}");
                awaitLogged(Lane.ALARM, 1); // not held up by any of these
                bridge.close();
                lock.rollback();
            }
            bridge = connected(config(20)); // the broker still has all of them
            Eventually.until("all are logged", LIMIT, () -> heartRates().containsAll(range(0, 100)));
            Eventually.until("all are acknowledged", LIMIT, () -> bridge.waiting() == 0);
        }
    }

    @Test
    void whatCannotBeUsedIsSetAsideAndDoesNotComeBack() throws Exception {
        bridge = connected(config(3));
        try (Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("care/v1/stranger/event", "{\"type\":\"sos\"}");
            publisher.publish("care/v1/a name with blanks/event", "{\"type\":\"sos\"}");
            publisher.publish("care/v1/安伴/telemetry", "{\"heartRate\":72}");
            publisher.publish("care/v1//telemetry", "{\"heartRate\":72}");
            publisher.publish("care/v1/w-1/telemetry", new byte[0]);
            publisher.publish("care/v1/w-1/telemetry", new byte[] {0, -1, -2, 7});
            publisher.publish("care/v1/w-1/telemetry", "[".repeat(5_000));
            publisher.publish("care/v1/w-1/telemetry", "{\"heartRate\":" + "9".repeat(60_000) + "}");
            publisher.publish("care/v1/w-1/event", "{\"type\":\"dance\"}");
            publisher.publish("care/v1/w-1/reply", "{}");
            publisher.publish("care/v1/w-1/telemetry", "{\"heartRate\":72}");
            publisher.publish("care/v1/w-1/event", "{\"type\":\"sos\"}");
        }
        Eventually.until("what is good is logged", LIMIT, () -> heartRates().contains(72));
        awaitLogged(Lane.ALARM, 1);
        assertNothingWaits();
        assertThat(gateway.setAside("unknown-device")).isEqualTo(4);
        assertThat(gateway.setAside("unknown-event")).isEqualTo(1);
        assertThat(gateway.setAside("unparseable")).isGreaterThanOrEqualTo(3);
        bridge.close();
        bridge = connected(config(3));
        try (Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("care/v1/w-1/telemetry", "{\"heartRate\":73}");
        }
        Eventually.until("the next is logged", LIMIT, () -> heartRates().contains(73));
        assertThat(gateway.setAside("unknown-device")).as("none came back").isEqualTo(4);
    }

    @Test
    void whatIsTooLargeDoesNotHoldUpTheRest() throws Exception {
        bridge = connected(config(3));
        try (Publisher publisher = new Publisher(broker.url())) {
            for (int i = 0; i < 10; i++) {
                publisher.publish("care/v1/w-1/telemetry", "{\"heartRate\":71}" + " ".repeat(300_000));
            }
            publisher.publish("care/v1/w-1/telemetry", "{\"heartRate\":72}");
        }
        Eventually.until("the rest is logged", LIMIT, () -> heartRates().equals(List.of(72)));
        assertThat(gateway.setAside("too-large")).isEqualTo(10);
    }

    @Test
    void aBrokerThatWasRestartedIsHeardAgain() throws Exception {
        bridge = connected(config(20));
        broker.stop();
        Eventually.until("it is missed", LIMIT, () -> !bridge.isConnected());
        broker.start();
        Eventually.until("it is back", LIMIT, bridge::isConnected);
        try (Publisher publisher = new Publisher(broker.url())) {
            readings(publisher, 0, 10);
        }
        awaitLogged(Lane.TELEMETRY, 10);
        assertThat(bridge.sessionsLost()).isZero();
    }

    @Test
    void whatWasNotAcknowledgedSurvivesARestartOfTheBroker() throws Exception {
        bridge = connected(config(20));
        try (Connection lock = gateway.locked("telemetry_batch")) {
            try (Publisher publisher = new Publisher(broker.url())) {
                readings(publisher, 0, 60);
            }
            Eventually.until("it has what it may have", LIMIT, () -> bridge.waiting() == 20);
            broker.stop();
            broker.start();
            lock.rollback();
        }
        Eventually.until("all are logged", LIMIT, () -> heartRates().containsAll(range(0, 60)));
        assertNothingWaits();
    }

    @Test
    void aBrokerThatLostEverythingIsSubscribedToAgain() throws Exception {
        bridge = connected(config(20));
        broker.stop();
        Eventually.until("it is missed", LIMIT, () -> !bridge.isConnected());
        Files.delete(folder.resolve("mosquitto.db"));
        broker.start();
        Eventually.until("it is back", LIMIT, bridge::isConnected);
        assertThat(bridge.sessionsLost()).isEqualTo(2);
        try (Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("care/v1/w-2/event", "{\"id\":\"e-1\",\"type\":\"sos\"}");
        }
        awaitLogged(Lane.ALARM, 1);
    }

    @Test
    void aProcessThatStandsByLeavesTheBrokerAloneUntilItLeads() throws Exception {
        try (PostgresEventLog standby = gateway.openLog()) {
            bridge = connected(config(20));
            Bridge second = Bridge.start(parts(standby), config(20));
            try {
                Eventually.until(
                        "standing by is well", LIMIT, () -> second.trouble().isEmpty());
                assertThat(second.isConnected()).isFalse();
                gateway.log().close();
                Eventually.until("the first leaves", LIMIT, () -> !bridge.isConnected());
                Eventually.until("the second takes over", LIMIT, second::isConnected);
            } finally {
                second.close();
            }
        }
    }

    @Test
    void aProcessThatIsStalledKeepsItsConnectionsAndMakesNone() throws Exception {
        SettableLog stalled = new SettableLog(gateway.log(), EventLog.Status.STALLED);
        bridge = Bridge.start(parts(stalled), config(20));
        awaitTurns(stalled, 8);
        assertThat(bridge.isConnected()).as("it may have lost the log").isFalse();
        stalled.become(EventLog.Status.APPENDING);
        Eventually.until("it connects", LIMIT, bridge::isConnected);
        stalled.become(EventLog.Status.STALLED);
        awaitTurns(stalled, 8);
        assertThat(bridge.isConnected()).as("it keeps what it has").isTrue();
        try (Bridge successor = connected(config(20))) {
            Eventually.until("it is thrown out", LIMIT, () -> !bridge.isConnected());
            awaitTurns(stalled, 8);
            assertThat(bridge.isConnected()).isFalse();
            assertThat(successor.isConnected()).as("nobody throws this one out").isTrue();
        }
    }

    private static void awaitTurns(SettableLog log, int more) {
        int before = log.asked();
        Eventually.until("it has looked again", LIMIT, () -> log.asked() >= before + more);
    }

    @Test
    void aBrokerWithoutSharedSubscriptionsIsHeardToo() throws Exception {
        BridgeConfig usual = config(20);
        bridge = connected(
                new BridgeConfig(usual.broker(), "plain", false, List.of("home/7/+/event"), "", usual.limits()));
        try (Publisher publisher = new Publisher(broker.url())) {
            MqttMessage retained = new MqttMessage("{\"id\":\"e-1\",\"type\":\"sos\"}".getBytes());
            retained.setQos(1);
            publisher.client().publish("home/7/w-2/event", retained);
        }
        awaitLogged(Lane.ALARM, 1);
    }

    @Test
    void aBlockedDeviceIsNotHeard() throws Exception {
        gateway.register("w-3", Standing.BLOCKED, Line.OWN);
        bridge = connected(config(20));
        try (Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("care/v1/w-3/event", "{\"type\":\"sos\"}");
            publisher.publish("care/v1/w-1/event", "{\"type\":\"sos\"}");
        }
        awaitLogged(Lane.ALARM, 1);
        assertNothingWaits();
        assertThat(gateway.setAside("blocked")).isEqualTo(1);
    }

    @Test
    void aBrokerThatStandsForAnAccountMayNameOnlyThoseOnItsList() throws Exception {
        gateway.register("hub-1", Standing.IN_USE, new Line(SenderKind.ACCOUNT, "", null));
        gateway.list("hub-1", "grandma's button", "w-2");
        BridgeConfig usual = config(20);
        bridge = connected(
                new BridgeConfig(usual.broker(), usual.group(), true, usual.filters(), "hub-1", usual.limits()));
        try (Publisher publisher = new Publisher(broker.url())) {
            publisher.publish("care/v1/w-1/event", "{\"type\":\"sos\"}");
            publisher.publish("care/v1/grandma's button/event", "{\"type\":\"sos\"}");
        }
        awaitLogged(Lane.ALARM, 1);
        assertNothingWaits();
        assertThat(gateway.logged(Lane.ALARM).get(0).device().value()).isEqualTo("w-2");
        assertThat(gateway.setAside("unlisted")).isEqualTo(1);
    }

    @Test
    void aCommandGoesDownThroughTheBroker() throws Exception {
        bridge = connected(config(20));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        String id;
        try (Publisher device = new Publisher(broker.url())) {
            device.client().setCallback(new Listener(message -> heard.add(new String(message.getPayload()))));
            device.client().subscribe("care/v1/w-1/command", 1);
            device.publish("care/v1/w-1/telemetry", "{\"heartRate\":72}");
            id = gateway.commands()
                    .send(new DeviceId("w-1"), new JsonObject().put("type", "find"), Duration.ofMinutes(5), "p-1");
            assertThat(new JsonObject(heard.poll(60, TimeUnit.SECONDS)))
                    .isEqualTo(new JsonObject().put("type", "find").put("id", id));
        }
        Eventually.until(
                "it counts as sent", LIMIT, () -> gateway.stateOfCommand(id).equals("sent"));
    }

    @Test
    void aCommandThatNobodySubscribesToIsNotSent() throws Exception {
        bridge = connected(config(20));
        try (Publisher device = new Publisher(broker.url())) {
            device.publish("care/v1/w-1/telemetry", "{\"heartRate\":72}");
            device.client().subscribe("care/v1/w-2/command", 1);
            device.publish("care/v1/w-2/telemetry", "{\"heartRate\":72}");
            JsonObject find = new JsonObject().put("type", "find");
            String lost = gateway.commands().send(new DeviceId("w-1"), find, Duration.ofMinutes(5), "p-1");
            String sent = gateway.commands().send(new DeviceId("w-2"), find, Duration.ofMinutes(5), "p-1");
            Eventually.until("the later one is sent", LIMIT, () -> gateway.stateOfCommand(sent)
                    .equals("sent"));
            assertThat(gateway.stateOfCommand(lost)).isEqualTo("queued");
        }
    }

    @Test
    void twoConsumersOfOneGroupShareAndLoseNothing() throws Exception {
        BridgeConfig usual = config(20);
        bridge = connected(usual);
        try (Publisher publisher = new Publisher(broker.url());
                Publisher other = new Publisher(broker.url())) {
            List<String> theirs = new CopyOnWriteArrayList<>();
            other.client().setCallback(new Listener(message -> theirs.add(new String(message.getPayload()))));
            other.client().subscribe("$share/anban/care/v1/+/telemetry", 1);
            readings(publisher, 0, 200);
            Eventually.until(
                    "all came to one or the other", LIMIT, () -> heartRates().size() + theirs.size() == 200);
            assertThat(theirs).as("shared").isNotEmpty();
            assertThat(heartRates()).as("shared").isNotEmpty();
        }
    }

    @Test
    void aBrokerThatCannotBeReachedIsTroubleAndNoReasonToBeTakenAway() throws Exception {
        broker.stop();
        bridge = Bridge.start(parts(gateway.log()), config(20));
        Eventually.until("it says so", LIMIT, () -> bridge.trouble().contains(broker.url()));
        assertThat(metrics.get("anban.bridge.connected")
                        .tag("link", "events")
                        .gauge()
                        .value())
                .isZero();
        assertThat(bridge.problem(Duration.ofSeconds(30)))
                .as("ready all the same")
                .isEmpty();
        broker.start();
        Eventually.until("it is heard", LIMIT, bridge::isConnected);
        assertThat(metrics.get("anban.bridge.connected")
                        .tag("link", "events")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    private Bridge.Parts parts(EventLog log) {
        return new Bridge.Parts(gateway.inlet(), gateway.commands(), log, gateway.setAsides(), metrics);
    }

    private BridgeConfig config(int inFlight) {
        BridgeConfig usual = BridgeConfig.of(new Broker(List.of(broker.url()), "", "", Broker.TlsFiles.NONE));
        return new BridgeConfig(
                usual.broker(),
                usual.group(),
                usual.shared(),
                usual.filters(),
                "",
                new BridgeConfig.Limits(inFlight, Duration.ofHours(1)));
    }

    private Bridge connected(BridgeConfig config) {
        Bridge started = Bridge.start(parts(gateway.log()), config);
        Eventually.until("the bridge is connected", LIMIT, started::isConnected);
        return started;
    }

    /** A reading a second, each with a heart rate of its own. */
    private static void readings(Publisher publisher, int from, int to) throws MqttException {
        for (int i = from; i < to; i++) {
            publisher.publish("care/v1/w-1/telemetry", "{\"heartRate\":" + (30 + i) + "}");
        }
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> 30 + i).collect(Collectors.toList());
    }

    private List<Integer> heartRates() {
        return gateway.logged(Lane.TELEMETRY).stream()
                .filter(entry -> entry.event() instanceof Readings)
                .map(entry -> (Readings) entry.event())
                .filter(readings -> readings.values().has(Signal.HEART_RATE))
                .map(readings -> (int) readings.values().get(Signal.HEART_RATE))
                .toList();
    }

    private void awaitLogged(Lane lane, int count) {
        Eventually.until(
                count + " in lane " + lane, LIMIT, () -> gateway.logged(lane).size() >= count);
        assertThat(gateway.logged(lane)).hasSize(count);
        if (lane == Lane.ALARM) {
            assertThat(gateway.logged(lane)).allMatch(entry -> entry.event() instanceof DeviceReport);
        }
    }

    private void assertNothingWaits() {
        Eventually.until("all is acknowledged", LIMIT, () -> bridge.waiting() == 0);
    }
}
