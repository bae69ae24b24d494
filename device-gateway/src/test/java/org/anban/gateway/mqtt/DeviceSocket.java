package org.anban.gateway.mqtt;

import java.io.IOException;

/** A device in one line, for tests that are about something else. */
public final class DeviceSocket implements AutoCloseable {
    private final RawClient client;
    private final String device;

    private DeviceSocket(RawClient client, String device) {
        this.client = client;
        this.device = device;
    }

    public static DeviceSocket connected(int port, String device, String key) throws IOException {
        return new DeviceSocket(RawClient.connected(port, 4, device, key), device);
    }

    /** Asks to be let in and does not wait for the answer. */
    public static DeviceSocket knocking(int port, String device, String key) throws IOException {
        RawClient client = RawClient.open(port, 4);
        client.send(client.connect(device, key, true, 60));
        return new DeviceSocket(client, device);
    }

    /** Whether it was acknowledged. */
    public boolean publish(String topic, String payload) throws IOException {
        client.send(client.publish("care/v1/" + device + "/" + topic, 1, 1, payload));
        return client.next().equals("400001");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
