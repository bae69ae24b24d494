package org.anban.launcher.journey;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A device as the gateway sees one, through a client that is not ours. */
public record PahoDevice(String url, String id, String key) {
    private static final int AT_LEAST_ONCE = 1;

    /** Connects, publishes below the device's own topic, waits for the acknowledgement, and leaves. */
    public void publish(String topic, String payload) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(id);
        options.setPassword(key.getBytes(StandardCharsets.UTF_8));
        try {
            MqttClient client = new MqttClient(url, id, new MemoryPersistence());
            try {
                client.connect(options);
                client.publish(
                        "care/v1/" + id + "/" + topic, payload.getBytes(StandardCharsets.UTF_8), AT_LEAST_ONCE, false);
                client.disconnect();
            } finally {
                client.close();
            }
        } catch (MqttException e) {
            throw new AssertionError(id + " cannot publish", e);
        }
    }
}
