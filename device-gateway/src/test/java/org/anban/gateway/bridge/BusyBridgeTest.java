package org.anban.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.event.Lane;
import org.anban.gateway.inlet.InletLimits;
import org.anban.gateway.inlet.InletUnderTest;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.Eventually;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose topics mix alarms and telemetry, while the log takes no telemetry. */
@Timeout(180)
class BusyBridgeTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final InletUnderTest gateway =
            new InletUnderTest(new Quota.Limit(1e6, 1e6), new InletLimits(10, 1_000_000));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Mosquitto broker;
    private Bridge bridge;

    @BeforeEach
    void start() throws IOException {
        broker = Mosquitto.start(folder, "allow_anonymous true");
        gateway.register("w-1");
        gateway.register("zb-1");
        gateway.registerSpeaker("hub-1", SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("hub-1", "button", "zb-1");
        Broker at = new Broker(List.of(broker.url()), "", "", Broker.TlsFiles.NONE);
        bridge = Bridge.start(
                new Bridge.Parts(gateway.inlet(), gateway.commands(), gateway.log(), gateway.setAsides(), metrics),
                new BridgeConfig(at, "anban", true, List.of("zigbee2mqtt/+"), "hub-1", BridgeConfig.Limits.DEFAULT));
        Eventually.until("the bridge is connected", LIMIT, bridge::isConnected);
    }

    @AfterEach
    void stop() {
        bridge.close();
        broker.close();
        gateway.close();
    }

    @Test
    void anAlarmBesideTelemetryIsLoggedOnceWhileTelemetryIsTurnedAwayAtItsPace() throws Exception {
        try (Connection lock = gateway.locked("telemetry_batch");
                Publisher publisher = new Publisher(broker.url())) {
            for (int i = 0; i < 10; i++) {
                gateway.inlet().take("w-1", Topic.TELEMETRY, heartRate(), answer -> {});
            }
            publisher.publish("zigbee2mqtt/button", "{\"action\":\"emergency\",\"battery\":80}");
            publisher.publish("zigbee2mqtt/button", "{\"battery\":79}");
            Eventually.until("telemetry is turned away", LIMIT, () -> busy() >= 1);
            long since = System.nanoTime();
            double before = busy();
            Eventually.until("it is brought again and again", LIMIT, () -> busy() >= before + 10);
            assertThat(System.nanoTime() - since).as("after pauses").isGreaterThan(TimeUnit.MILLISECONDS.toNanos(700));
            publisher.publish("zigbee2mqtt/button", "{\"action\":\"emergency\"}");
            Eventually.until("a later alarm passes", LIMIT, () -> alarms() >= 2);
            double then = busy();
            Eventually.until("more passes go by", LIMIT, () -> busy() >= then + 5);
            assertThat(alarms()).as("each once").isEqualTo(2);
            lock.rollback();
        }
        Eventually.until("all is acknowledged", LIMIT, () -> bridge.waiting() == 0);
        assertThat(alarms()).isEqualTo(2);
    }

    @Test
    void anAlarmThatNobodySendsAgainIsMarked() throws Exception {
        try (Publisher publisher = new Publisher(broker.url())) {
            MqttMessage once = new MqttMessage("{\"action\":\"emergency\"}".getBytes(StandardCharsets.UTF_8));
            once.setQos(0);
            publisher.client().publish("zigbee2mqtt/button", once);
            Eventually.until("it is logged", LIMIT, () -> alarms() == 1);
        }
        Eventually.until("it is marked", LIMIT, () -> gateway.mayBeLost("zb-1") == 1);
    }

    private double busy() {
        return metrics.counter("anban.bridge.messages", "answer", "busy").count();
    }

    private int alarms() {
        return gateway.logged(Lane.ALARM).size();
    }

    private static byte[] heartRate() {
        return "{\"heartRate\":72}".getBytes(StandardCharsets.UTF_8);
    }
}
