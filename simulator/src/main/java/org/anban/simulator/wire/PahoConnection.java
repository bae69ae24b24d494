package org.anban.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt and, if it succeeds, one connection of Paho; never used again after it broke. */
final class PahoConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PahoConnection.class);
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int CONNECT_SECONDS = 10;
    private static final long SESSION_SECONDS = 86_400;
    private static final long QUIT_MILLIS = 1_000;

    /** Told that a connection, once up, is gone. */
    interface Loss {
        void lost(PahoConnection connection, int reasonCode);
    }

    /** Told that an attempt failed. */
    interface Refusal {
        void refused(String reason, int reasonCode);
    }

    private final LinkSettings settings;
    private final MqttAsyncClient client;
    private final AtomicBoolean closed = new AtomicBoolean();

    PahoConnection(LinkSettings settings, Loss loss) throws MqttException {
        this.settings = settings;
        this.client = new MqttAsyncClient(settings.serverUri(), settings.id(), new MemoryPersistence());
        client.setCallback(new Callback(loss));
    }

    void connect(Runnable connected, Refusal refusal) {
        MqttActionListener listener = new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                connected.run();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                refusal.refused(String.valueOf(cause), Reasons.of(cause));
            }
        };
        try {
            client.connect(options(), null, listener);
        } catch (MqttException e) {
            refusal.refused(String.valueOf(e.getMessage()), e.getReasonCode());
        }
    }

    void publish(String topic, byte[] payload, MqttActionListener listener) throws MqttException {
        client.publish(topic, payload, 1, false, null, listener);
    }

    void subscribe(String topic) {
        try {
            client.subscribe(topic, 1);
        } catch (MqttException e) {
            LOG.debug("{} cannot subscribe: {}", settings.id(), e.getMessage());
        }
    }

    /** Says goodbye if it can, and ends Paho's threads. May block for about a second; not from Paho's own threads. */
    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(QUIT_MILLIS);
            }
        } catch (MqttException e) {
            LOG.debug("{} could not say goodbye: {}", settings.id(), e.getMessage());
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("{} did not close: {}", settings.id(), e.getMessage());
        }
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(settings.id());
        options.setPassword(settings.key().getBytes(StandardCharsets.UTF_8));
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_SECONDS);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setAutomaticReconnect(false);
        return options;
    }

    private final class Callback implements MqttCallback {
        private final Loss loss;

        Callback(Loss loss) {
            this.loss = loss;
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            if (!closed.get()) {
                int code = response.getException() == null
                        ? response.getReturnCode()
                        : Reasons.of(response.getException());
                loss.lost(PahoConnection.this, code);
            }
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            settings.commands().accept(message.getPayload());
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            LOG.debug("{}: {}", settings.id(), exception.getMessage());
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean again, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
