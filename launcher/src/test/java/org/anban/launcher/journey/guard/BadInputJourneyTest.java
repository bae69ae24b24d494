package org.anban.launcher.journey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Case;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.PahoDevice;
import org.anban.launcher.journey.PlainSocket;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What must not come at the MQTT port of the whole system: counted where it can be looked up, at no cost to a neighbour
 * that is connected all the time, and afterwards an SOS of the same device opens an incident.
 */
@Timeout(120)
class BadInputJourneyTest {
    private static final String WATCH = "w-0003";
    private static final String RESIDENT = "resident:r-003";
    private static final int FLOOD = 20_000;

    private static District district;
    private static PahoDevice neighbour;
    private static MqttClient connected;

    @BeforeAll
    static void start() throws MqttException {
        district = District.open();
        neighbour = district.device("w-0019");
        connected = new MqttClient(neighbour.url(), neighbour.id(), new MemoryPersistence());
        connected.connect(neighbour.options());
    }

    @AfterAll
    static void stop() throws MqttException {
        connected.disconnect();
        connected.close();
        district.close();
    }

    @BeforeEach
    void theNeighbourIsThere() throws MqttException {
        neighbour.publish(connected, "telemetry", "{\"heartRate\":66}");
    }

    @AfterEach
    void theNeighbourNoticedNothingAndAnSosStillOpensAnIncident() throws MqttException {
        assertThat(connected.isConnected()).isTrue();
        neighbour.publish(connected, "telemetry", "{\"heartRate\":67}");
        assertThat(counted("w-0019")).isEmpty();
        district.sos(WATCH, RESIDENT);
        district.clear();
    }

    @Test
    void whatCannotBeReadIsSetAside() {
        said("event", "sos!");
        said("event", "{\"type\":");
        said("telemetry", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]");
        awaitCounted(WATCH, "unparseable");
        said("event", "[\"sos\"]");
        said("telemetry", "\"72\"");
        awaitCounted(WATCH, "wrong-type");
        said("event", "{\"type\":\"tired\"}");
        awaitCounted(WATCH, "unknown-event");
        said("telemetry", "[{\"n\":\"heartRate\",\"v\":1,\"vs\":\"two\"}]");
        awaitCounted(WATCH, "invalid-senml");
        assertThat(lastExample("unknown-event")).contains("tired");
    }

    @Test
    void absurdNumbersAreSetAsideAndTheOthersOfTheMessageCount() {
        said("telemetry", "{\"heartRate\":0,\"spo2\":97}");
        awaitCounted(WATCH, "no-reading");
        int spo2 = 96;
        for (String heartRate : List.of("4000", "NaN", "\"NaN\"", "1e999")) {
            district.passSeconds(1);
            said("telemetry", "{\"heartRate\":" + heartRate + ",\"spo2\":" + spo2-- + "}");
        }
        awaitCounted(WATCH, "implausible");
        Eventually.passes(() -> assertThat(values("spo2")).contains(97, 96, 94, 93));
        assertThat(values("heartRate")).isEmpty();
    }

    @Test
    void aPayloadOfFiveMebibytesEndsOnlyItsOwnConnection() throws IOException {
        try (PlainSocket socket = logIn()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    socket.send(socket.publish("telemetry", new byte[5 << 20]));
                } catch (IOException e) {
                    // closed by the gateway while we were sending
                }
            });
            assertThat(socket.next()).isEqualTo("closed");
            sent.join();
        }
        awaitCounted(WATCH, "too-large");
    }

    @Test
    void anUnknownDeviceAndAWrongKeyAreRefusedAndCounted() throws IOException {
        assertThat(answerTo(new PahoDevice("", "w-9999", "anything"))).isEqualTo("200005");
        awaitReason("unknown-device");
        assertThat(answerTo(new PahoDevice("", WATCH, "a wrong key"))).isEqualTo("200004");
        awaitReason("wrong-key");
    }

    @Test
    void nobodySpeaksForAnother() throws IOException {
        PahoDevice self = district.device(WATCH);
        PahoDevice other = new PahoDevice(self.url(), "w-0020", "");
        try (PlainSocket socket = logIn();
                PlainSocket writer = PlainSocket.open(port(), other)) {
            socket.send(writer.publish("event", utf8("{\"type\":\"sos\"}")));
            assertThat(socket.next()).isEqualTo("closed");
        }
        awaitCounted(WATCH, "others-topic");
        assertThat(district.operator().openOf("resident:r-020")).isEmpty();
    }

    @Test
    void halfAConnectIsGivenUp() throws IOException {
        PahoDevice device = district.device(WATCH);
        try (PlainSocket half = PlainSocket.open(port(), device);
                PlainSocket silent = PlainSocket.open(port(), device)) {
            byte[] connect = half.connect();
            half.send(Arrays.copyOf(connect, connect.length / 2));
            assertThat(half.next()).isEqualTo("closed");
            assertThat(silent.next()).isEqualTo("closed");
        }
        awaitReason("connect-timeout");
    }

    @Test
    void whatIsNotMqttIsCounted() throws IOException {
        try (PlainSocket socket = PlainSocket.open(port(), district.device(WATCH))) {
            socket.send(utf8("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertThat(socket.next()).isEqualTo("closed");
        }
        Eventually.until(
                "it is counted",
                () -> district.operator().get("/set-aside").encode().matches(".*(malformed-packet|protocol-error).*"));
    }

    @Test
    void anSosInTheSegmentOfItsConnectIsHeard() throws IOException {
        PahoDevice device = district.device(WATCH);
        try (PlainSocket socket = PlainSocket.open(port(), device)) {
            byte[] connect = socket.connect();
            byte[] sos = socket.publish("event", utf8("{\"type\":\"sos\"}"));
            byte[] both = Arrays.copyOf(connect, connect.length + sos.length);
            System.arraycopy(sos, 0, both, connect.length, sos.length);
            socket.send(both);
            assertThat(socket.next()).isEqualTo("200000");
            assertThat(socket.next()).isEqualTo("400001");
        }
        assertThat(district.operator().awaitOpen(RESIDENT).getString("kind")).isEqualTo("SOS");
    }

    @Test
    void anSosThatDripsByteByByteIsHeard() throws IOException {
        try (PlainSocket socket = logIn()) {
            for (byte one : socket.publish("event", utf8("{\"type\":\"sos\"}"))) {
                socket.send(new byte[] {one});
            }
            assertThat(socket.next()).isEqualTo("400001");
        }
        assertThat(district.operator().awaitOpen(RESIDENT).getString("kind")).isEqualTo("SOS");
    }

    @Test
    void anSosWithNothingElseRightInItIsHeard() {
        said(
                "event",
                "{\"type\":\"SOS\",\"id\":\"\\u0000\\ud800 ' ; drop table\",\"at\":\"soon\",\"seq\":{\"a\":[1]}}");
        JsonObject row = district.operator().awaitOpen(RESIDENT);
        assertThat(row.getString("kind")).isEqualTo("SOS");
        assertThat(row.getString("eventAt")).isEqualTo(district.now().toString());
    }

    @Test
    void aLoopingDevicesOwnSosAndThoseOfOthersPass() throws Exception {
        try (PlainSocket socket = logIn()) {
            AtomicInteger answers = new AtomicInteger();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(socket, FLOOD + 1, answers));
            byte[] noise = utf8("{\"heartRate\":70}");
            for (int i = 0; i < FLOOD; i++) {
                socket.send(socket.publish("telemetry", noise));
                if (i == FLOOD / 2) {
                    socket.send(socket.publish("event", utf8("{\"type\":\"sos\"}")));
                    district.event("sos-0001", "sos");
                }
            }
            district.operator().awaitOpen(RESIDENT);
            district.operator().awaitOpen("resident:r-001");
            reading.join();
            assertThat(answers.get()).as("every message is answered").isEqualTo(FLOOD + 1);
        }
        awaitCounted(WATCH, "over-quota");
    }

    @Test
    void aDeviceThatLoopsInAlarmsHoldsUpNobodysAlarm() throws Exception {
        try (PlainSocket socket = logIn()) {
            AtomicInteger answers = new AtomicInteger();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(socket, FLOOD, answers));
            for (int i = 0; i < FLOOD; i++) {
                socket.send(socket.publish("event", utf8("{\"type\":\"sos\",\"id\":\"e" + i + "\"}")));
            }
            district.event("sos-0001", "sos");
            district.operator().awaitOpen("resident:r-001");
            reading.join();
            assertThat(answers.get()).isEqualTo(FLOOD);
        }
        assertThat(district.operator().open().stream()
                        .filter(row -> row.getString("subject").equals(RESIDENT)))
                .hasSize(1);

        district.operator().clearTheDesk();
        district.passSeconds(2);
        district.sos(WATCH, RESIDENT);
    }

    private static void read(PlainSocket socket, int packets, AtomicInteger answers) {
        try {
            while (answers.get() < packets && socket.next().startsWith("40")) {
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static PlainSocket logIn() throws IOException {
        return PlainSocket.logIn(port(), district.device(WATCH));
    }

    /** Sent by an older client, which is acknowledged whatever it sends. */
    private static void said(String topic, String payload) {
        try (PlainSocket socket = logIn()) {
            socket.send(socket.publish(topic, utf8(payload)));
            assertThat(socket.next()).isEqualTo("400001");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String answerTo(PahoDevice device) throws IOException {
        try (PlainSocket socket = PlainSocket.open(port(), device)) {
            socket.send(socket.connect());
            return socket.next();
        }
    }

    private static void awaitCounted(String device, String reason) {
        Eventually.passes(() -> assertThat(counted(device)).contains(reason));
    }

    private static void awaitReason(String reason) {
        Eventually.passes(() -> assertThat(new Case(district.operator().get("/set-aside")).list("items"))
                .extracting(item -> item.getString("reason"))
                .contains(reason));
    }

    private static List<String> counted(String device) {
        return new Case(district.operator().get("/devices/" + device + "/set-aside"))
                .list("items").stream().map(item -> item.getString("reason")).toList();
    }

    private static String lastExample(String reason) {
        return new Case(district.operator().get("/devices/" + WATCH + "/set-aside"))
                .list("items").stream()
                        .filter(item -> item.getString("reason").equals(reason))
                        .findFirst()
                        .orElseThrow()
                        .getString("lastExample");
    }

    private static List<Integer> values(String signal) {
        String path = "/subjects/" + RESIDENT + "/readings?signal=" + signal
                + "&from=2026-01-05T00:00:00Z&to=2026-01-05T12:00:00Z";
        return new Case(district.operator().get(path))
                .list("items").stream().map(item -> item.getInteger("value")).toList();
    }

    private static int port() {
        return district.system().system().mqttPort();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
