package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.GatewayUnderTest;
import org.anban.kit.testing.Eventually;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ways of devices that do everything right, through independent clients. */
@Timeout(60)
class PahoTest {
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        gateway = GatewayUnderTest.start(Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void whatAVersionFiveClientPublishesIsLoggedForItsSubject() throws Exception {
        String key = gateway.register("p5");
        MqttClient client = version5("p5");
        client.connect(options5("p5", key, true));
        client.publish(
                "care/v1/p5/telemetry", utf8("{\"heartRate\":72,\"at\":\"2026-01-05T08:29:00+08:00\"}"), 1, false);
        client.publish("care/v1/p5/event", utf8("{\"id\":\"e\",\"type\":\"fall\"}"), 2, false);
        client.disconnect();
        client.close();

        List<LogEntry> readings = gateway.logged(Lane.TELEMETRY, "p5");
        assertThat(readings).hasSize(1);
        assertThat(readings.get(0).subject()).isEqualTo(SubjectId.resident("r-p5"));
        assertThat(((Readings) readings.get(0).event()).values().get(Signal.HEART_RATE))
                .isEqualTo(72);
        List<LogEntry> alarms = gateway.logged(Lane.ALARM, "p5");
        assertThat(alarms).hasSize(1);
        assertThat(((DeviceReport) alarms.get(0).event()).kind()).isEqualTo(ReportKind.FALL);
    }

    @Test
    void anOlderClientIsServedToo() throws Exception {
        String key = gateway.register("p3");
        org.eclipse.paho.client.mqttv3.MqttClient client = new org.eclipse.paho.client.mqttv3.MqttClient(
                url(), "p3", new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
        org.eclipse.paho.client.mqttv3.MqttConnectOptions options =
                new org.eclipse.paho.client.mqttv3.MqttConnectOptions();
        options.setUserName("p3");
        options.setPassword(key.toCharArray());
        client.connect(options);
        for (int qos = 0; qos <= 2; qos++) {
            client.publish("care/v1/p3/event", utf8("{\"type\":\"smoke\"}"), qos, false);
        }
        client.disconnect();
        client.close();
        assertThat(gateway.logged(Lane.ALARM, "p3")).hasSize(3);
    }

    @Test
    void sessionPresentIsTheTruthAfterARestart() throws Exception {
        String key = gateway.register("durable");
        MqttClient client = version5("durable");
        MqttConnectionOptions options = options5("durable", key, false);
        options.setSessionExpiryInterval(3_600L);
        assertThat(connect(client, options)).as("it is new").isFalse();
        client.subscribe("care/v1/durable/command", 1);
        client.disconnect();

        gateway.restart();

        MqttClient again = version5("durable");
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        again.setCallback(new Arrivals(arrived));
        String id = gateway.gateway()
                .commands()
                .send(new DeviceId("durable"), new JsonObject().put("type", "find"), Duration.ofMinutes(1), "staff-1");
        assertThat(connect(again, options)).as("it goes on").isTrue();
        assertThat(arrived.poll(10, TimeUnit.SECONDS)).as("and is subscribed").contains(id);
        again.disconnect();

        gateway.time().advance(Duration.ofHours(2));
        assertThat(connect(again, options)).as("it has expired").isFalse();
        again.disconnect();
        again.close();
        client.close();
    }

    @Test
    void aCommandIsSentUntilItIsAcknowledgedAndItsReplyEndsIt() throws Exception {
        String key = gateway.register("obedient");
        String id = gateway.gateway()
                .commands()
                .send(new DeviceId("obedient"), new JsonObject().put("type", "find"), Duration.ofHours(1), "staff-1");
        String payload;
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect("obedient", key, false, 60));
            assertThat(client.next()).isEqualTo("200000");
            client.send(client.subscribe(3, "care/v1/obedient/command"));
            assertThat(client.next()).isEqualTo("90000301");
            payload = client.next(); // and goes without acknowledging it
        }
        assertThat(payload).startsWith("32");

        MqttClient client = version5("obedient");
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        client.setCallback(new Arrivals(arrived));
        client.connect(options5("obedient", key, false));
        assertThat(arrived.poll(10, TimeUnit.SECONDS)).contains(id).contains("find");
        Eventually.until("acknowledged", () -> state(id).equals("acknowledged"));
        client.publish("care/v1/obedient/reply", utf8("{\"id\":\"" + id + "\",\"outcome\":\"done\"}"), 1, false);
        Eventually.until("replied", () -> state(id).equals("replied"));
        client.disconnect();
        client.close();
    }

    @Test
    void aDeviceThatTheRegisterForgetsIsDisconnected() throws Exception {
        String key = gateway.register("forgotten");
        MqttClient client = version5("forgotten");
        client.connect(options5("forgotten", key, true));
        gateway.unregister("forgotten");
        Eventually.until("it is disconnected", () -> !client.isConnected());
        client.close();
    }

    @Test
    void aBindingThatChangesIsSeenWithoutAReconnection() throws Exception {
        String key = gateway.register("moved");
        MqttClient client = version5("moved");
        client.connect(options5("moved", key, true));
        gateway.bind("moved", SubjectId.dwelling("d-9"));
        Eventually.until("the new subject is used", () -> {
            client.publish("care/v1/moved/event", utf8("{\"type\":\"gas\"}"), 1, false);
            List<LogEntry> logged = gateway.logged(Lane.ALARM, "moved");
            return logged.get(logged.size() - 1).subject().equals(SubjectId.dwelling("d-9"));
        });
        client.disconnect();
        client.close();
    }

    private static String state(String command) {
        return gateway.database().database().inTransaction(handle -> handle.createQuery(
                        "select state from gateway.command where id = :id")
                .bind("id", command)
                .mapTo(String.class)
                .one());
    }

    private static boolean connect(MqttClient client, MqttConnectionOptions options) throws MqttException {
        IMqttToken token = client.connectWithResult(options);
        return token.getSessionPresent();
    }

    private static MqttClient version5(String device) throws MqttException {
        return new MqttClient(url(), device, new MemoryPersistence());
    }

    private static MqttConnectionOptions options5(String device, String key, boolean clean) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(device);
        options.setPassword(utf8(key));
        options.setCleanStart(clean);
        return options;
    }

    private static String url() {
        return "tcp://127.0.0.1:" + gateway.port();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
