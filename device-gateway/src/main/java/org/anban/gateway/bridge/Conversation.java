package org.anban.gateway.bridge;

import java.util.List;
import org.anban.gateway.inlet.Answer;
import org.anban.gateway.inlet.Bringer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from CONNECT until it is over; the next one is a new conversation of the same session. A
 * message is acknowledged when the inlet has answered that it is durable or set aside, in the order of arrival.
 */
final class Conversation implements MqttCallback {
    /** Takes a message in; what it answers may come at once or later, on any thread. */
    interface Taker {
        /** Whether it was let in, as {@link org.anban.gateway.inlet.Inlet#take} says. */
        boolean take(String topic, byte[] payload, Bringer bringer);

        /** So many messages that the broker does not keep for us could not be taken. */
        void lost(int messages);
    }

    private static final Logger log = LoggerFactory.getLogger(Conversation.class);
    private static final long PATIENCE_MILLIS = 15_000;
    private static final long PARTING_MILLIS = 2_000;
    private static final int REFUSED = 0x80;
    private static final int NO_OLD_NEWS = 2;

    private final MqttAsyncClient client;
    private final Taker taker;
    private final Runnable changed;
    private final Unanswered unanswered;
    private volatile String over = "";

    /**
     * @param changed told, on any thread, when it is over
     */
    Conversation(String url, String clientId, Taker taker, Runnable changed) throws MqttException {
        this.client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
        this.taker = taker;
        this.unanswered = new Unanswered(() -> taker.lost(1));
        this.changed = changed;
        client.setManualAcks(true);
        client.setCallback(this); // before connecting: what the session has kept comes at once
    }

    /** Connects; whether the broker had kept the session. Blocks. */
    boolean connect(MqttConnectionOptions options) throws MqttException {
        IMqttToken token = client.connect(options);
        token.waitForCompletion(PATIENCE_MILLIS);
        return token.getSessionPresent();
    }

    /**
     * Subscribes at QoS 1, without what was retained.
     *
     * @throws MqttException also if the broker refuses one of the filters
     */
    void subscribe(List<String> filters) throws MqttException {
        MqttSubscription[] subscriptions = filters.stream()
                .map(filter -> {
                    MqttSubscription subscription = new MqttSubscription(filter, 1);
                    subscription.setRetainHandling(NO_OLD_NEWS);
                    return subscription;
                })
                .toArray(MqttSubscription[]::new);
        IMqttToken token = client.subscribe(subscriptions, null, null, new MqttProperties());
        token.waitForCompletion(PATIENCE_MILLIS);
        int[] codes = token.getReasonCodes();
        for (int i = 0; codes != null && i < codes.length; i++) {
            if (codes[i] >= REFUSED) {
                throw new MqttException(codes[i]);
            }
            if (codes[i] == 0) {
                log.warn("the broker grants {} only at QoS 0: what we do not take in time is lost", filters.get(i));
            }
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        int packetId = message.getQos() == 0 ? 0 : message.getId();
        Unanswered.Arrival arrival = unanswered.add(topic, message.getPayload(), packetId);
        if (unanswered.mayGo(arrival)) {
            take(arrival);
        }
    }

    /** Whether it was let in. */
    private boolean take(Unanswered.Arrival arrival) {
        boolean letIn = taker.take(arrival.topic(), arrival.payload(), new Waiting(arrival));
        if (!letIn) {
            unanswered.doorIsClosed();
        }
        return letIn;
    }

    /** One message in the hands of the inlet. */
    private final class Waiting implements Bringer {
        private final Unanswered.Arrival arrival;

        private Waiting(Unanswered.Arrival arrival) {
            this.arrival = arrival;
        }

        @Override
        public boolean comesBack() {
            return arrival.isKept();
        }

        @Override
        public boolean isInTurn() {
            return unanswered.isInTurn(arrival);
        }

        @Override
        public void answered(Answer answer) {
            switch (answer.kind()) {
                case COMMITTED, SET_ASIDE -> unanswered.done(arrival).forEach(Conversation.this::acknowledge);
                case REFUSED -> {
                    if (!arrival.isKept()) {
                        taker.lost(1);
                    }
                    end("the log is not ours to write");
                }
                case BUSY -> unanswered.comesAgain(arrival); // the next turn brings it
            }
        }
    }

    private void acknowledge(int packetId) {
        if (isOver()) {
            return; // the broker sends it again, and a repeat changes nothing
        }
        try {
            client.messageArrivedComplete(packetId, 1);
        } catch (MqttException e) {
            end("cannot acknowledge: " + e.getMessage());
        }
    }

    /** Brings what there was no room for, in its order, until the inlet lets nothing in; whether some is left. */
    boolean bringAgain() {
        Unanswered.Arrival next = unanswered.bring(null);
        while (next != null && take(next)) {
            next = unanswered.bring(next);
        }
        return unanswered.isSomethingToBring();
    }

    /** Publishes; {@code arrived} runs when the broker has it and somebody who subscribes to it. */
    void publish(String topic, MqttMessage message, Runnable arrived) throws MqttException {
        client.publish(topic, message, null, new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                int[] codes = token.getReasonCodes();
                if (codes == null || codes.length == 0 || codes[0] == 0) {
                    arrived.run();
                }
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                log.warn("the broker does not take what is published: {}", String.valueOf(cause));
            }
        });
    }

    int waiting() {
        return unanswered.size();
    }

    boolean isOver() {
        return !over.isEmpty();
    }

    /** Why it is over; empty while it is not. */
    String why() {
        return over;
    }

    private void end(String why) {
        if (over.isEmpty()) {
            over = why;
            changed.run();
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        MqttException cause = response.getException();
        if (cause != null) {
            end(Reasons.of(cause));
        } else {
            end(Reasons.of(response.getReturnCode()));
        }
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        log.debug("the broker's connection: {}", exception.toString());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // each publication has a listener of its own
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // connect() waits for it
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // enhanced authentication is not used
    }

    /** Leaves; the broker keeps the session. Blocks for a moment. */
    void close() {
        end("closed");
        if (unanswered.unkept() > 0) {
            taker.lost(unanswered.unkept());
        }
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(PARTING_MILLIS);
            }
        } catch (MqttException e) {
            log.debug("no orderly parting from the broker: {}", e.toString());
        }
        try {
            client.disconnectForcibly(0, 1, false);
        } catch (MqttException e) {
            log.debug("nothing left to part from: {}", e.toString());
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            log.warn("a connection to the broker does not close: {}", e.toString());
        }
    }
}
