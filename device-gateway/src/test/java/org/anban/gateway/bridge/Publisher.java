package org.anban.gateway.bridge;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A device of the broker, or many: whatever it publishes, the broker has acknowledged when it returns. */
final class Publisher implements AutoCloseable {
    private final MqttClient client;

    Publisher(String url) throws MqttException {
        client = new MqttClient(url, "publisher-" + System.nanoTime(), new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        client.setTimeToWait(30_000);
        client.connect(options);
    }

    void publish(String topic, String payload) throws MqttException {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    void publish(String topic, byte[] payload) throws MqttException {
        for (int tries = 1; ; tries++) {
            try {
                client.publish(topic, payload, 1, false);
                return;
            } catch (MqttException e) { // Paho wakes us before it has counted the one before as done
                if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT || tries == 1_000) {
                    throw e;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    MqttClient client() {
        return client;
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 1_000, false);
        client.close(true);
    }
}
