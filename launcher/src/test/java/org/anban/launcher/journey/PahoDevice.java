package org.anban.launcher.journey;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A device as the gateway sees one, through a client that is not ours. */
public record PahoDevice(String url, String id, String key) {
    private static final int AT_LEAST_ONCE = 1;

    /** What the device does while it is connected. */
    @FunctionalInterface
    public interface Visit {
        void with(MqttClient client) throws MqttException;
    }

    /** Connects, publishes below the device's own topic, waits for the acknowledgement, and leaves. */
    public void publish(String topic, String payload) {
        connected(client -> publish(client, topic, payload));
    }

    /** The same for many, in this order, over one connection. */
    public void publishAll(String topic, Iterable<String> payloads) {
        connected(client -> {
            for (String payload : payloads) {
                publish(client, topic, payload);
            }
        });
    }

    /** Connects, does something, and leaves. */
    public void connected(Visit visit) {
        try {
            MqttClient client = new MqttClient(url, id, new MemoryPersistence());
            try {
                client.connect(options());
                visit.with(client);
                client.disconnect();
            } finally {
                client.close(true);
            }
        } catch (MqttException e) {
            throw new AssertionError(id + " cannot publish", e);
        }
    }

    /** Publishes below the device's own topic and waits for the acknowledgement. */
    public void publish(MqttClient client, String topic, String payload) throws MqttException {
        client.publish(topic(topic), payload.getBytes(StandardCharsets.UTF_8), AT_LEAST_ONCE, false);
    }

    public String topic(String last) {
        return "care/v1/" + id + "/" + last;
    }

    public MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(id);
        options.setPassword(key.getBytes(StandardCharsets.UTF_8));
        return options;
    }
}
