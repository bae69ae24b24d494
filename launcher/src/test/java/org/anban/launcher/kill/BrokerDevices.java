package org.anban.launcher.kill;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Some devices of a broker that measure all the time and call for help now and then; notes what the broker acknowledged. */
final class BrokerDevices implements AutoCloseable {
    private static final int ALARM_EACH = 100;
    private static final long PAUSE_NANOS = 5_000_000;

    private final MqttClient client;
    private final List<String> devices;
    private final Acknowledged acknowledged;
    private final Thread thread = new Thread(this::run, "devices-of-the-broker");
    private volatile boolean stopping;
    private volatile String failure = "";

    private BrokerDevices(MqttClient client, List<String> devices, Acknowledged acknowledged) {
        this.client = client;
        this.devices = devices;
        this.acknowledged = acknowledged;
    }

    static BrokerDevices start(int port, List<String> devices, Acknowledged acknowledged) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "all-" + devices.get(0), new MemoryPersistence());
        client.setTimeToWait(60_000);
        client.connect();
        BrokerDevices started = new BrokerDevices(client, devices, acknowledged);
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
    }

    private void run() {
        try {
            long last = 0;
            for (int i = 0; !stopping; i++) {
                String device = devices.get(i % devices.size());
                long at = Math.max(last + 1, Instant.now().toEpochMilli());
                last = at;
                if (i % ALARM_EACH == ALARM_EACH - 1) {
                    alarm(new Acknowledged.Alarm(device, "sos", "b-" + i));
                } else {
                    measure(new Acknowledged.Reading(device, at));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (MqttException e) {
            failure = e.toString();
        }
    }

    private void alarm(Acknowledged.Alarm alarm) throws MqttException {
        publish("care/v1/" + alarm.device() + "/event", "{\"id\":\"%s\",\"type\":\"%s\"}", alarm.id(), alarm.type());
        acknowledged.add(alarm);
    }

    private void measure(Acknowledged.Reading reading) throws MqttException {
        publish(
                "care/v1/" + reading.device() + "/telemetry",
                "{\"at\":%d,\"heartRate\":%d}",
                reading.atMillis(),
                reading.heartRate());
        acknowledged.add(reading);
    }

    /** Returns when the broker has acknowledged it. */
    private void publish(String topic, String payload, Object... values) throws MqttException {
        byte[] bytes = String.format(Locale.ROOT, payload, values).getBytes(StandardCharsets.UTF_8);
        while (true) {
            try {
                client.publish(topic, bytes, 1, false);
                return;
            } catch (MqttException e) { // Paho wakes us before it has counted the one before as done
                if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Returns when the last is acknowledged. */
    void stop() {
        stopping = true;
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!failure.isEmpty()) {
            throw new AssertionError("the broker was lost: " + failure);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            client.disconnectForcibly(0, 1_000, false);
            client.close(true);
        } catch (MqttException e) {
            // it goes with the broker
        }
    }
}
