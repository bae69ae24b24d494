package org.anban.gateway.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.anban.contracts.event.Lane;
import org.anban.gateway.admission.Admission;
import org.anban.gateway.admission.Greeting;
import org.anban.gateway.admission.Refusal;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.session.Sessions;
import org.anban.log.EventLog;

/** From CONNECT to CONNACK. What follows CONNECT before the key is checked waits here, and there is not much room. */
final class Handshake {
    private static final int MOST_KEPT = 512;

    private final Connection connection;
    private final Dock dock;
    private final Deque<MqttMessage> kept = new ArrayDeque<>();

    Handshake(Connection connection, Dock dock) {
        this.connection = connection;
        this.dock = dock;
    }

    static boolean isUnknownVersion(Throwable cause) {
        return cause instanceof MqttUnacceptableProtocolVersionException
                || cause instanceof MqttIdentifierRejectedException;
    }

    /** The first packet. */
    void begin(MqttMessage message) {
        if (!(message instanceof MqttConnectMessage connect)) {
            ReferenceCountUtil.release(message);
            connection.fail(Fault.PROTOCOL_ERROR, "the first packet is not CONNECT");
            return;
        }
        connection.reading().pause(Reading.Because.CHECKING, true);
        if (connect.variableHeader().version() < 4) {
            connection.refuse(Refusal.VERSION, null);
            return;
        }
        Greeting greeting = Greeting.of(connect, connection.certified());
        Refusal problem = greeting.problem();
        if (problem != null) {
            connection.refuse(problem, greeting);
        } else if (dock.parts().intake().log().status(Lane.ALARM) != EventLog.Status.APPENDING) {
            connection.refuse(Refusal.UNAVAILABLE, greeting);
        } else {
            dock.parts().admission().knock(greeting, connection.address(), answer -> dock.loop()
                    .execute(() -> end(greeting, answer)));
        }
    }

    /** Something that came before the answer. */
    void keep(MqttMessage message) {
        if (kept.size() < MOST_KEPT) {
            kept.add(message);
        } else {
            ReferenceCountUtil.release(message);
            connection.fail(Fault.PROTOCOL_ERROR, "too much behind CONNECT");
        }
    }

    private void end(Greeting greeting, Admission.Answer answer) {
        if (!connection.isChecking()) {
            return;
        }
        Sessions.Opened opened = answer.opened();
        if (opened == null) {
            Refusal refusal = answer.refusal();
            connection.refuse(refusal == null ? Refusal.UNAVAILABLE : refusal, greeting);
            return;
        }
        connection.connected(greeting, opened);
        for (MqttMessage next = kept.poll(); next != null; next = kept.poll()) {
            connection.packet(next);
        }
        connection.channelReadComplete(connection.context());
        connection.reading().pause(Reading.Because.CHECKING, false);
    }

    void discard() {
        kept.forEach(ReferenceCountUtil::release);
        kept.clear();
    }
}
