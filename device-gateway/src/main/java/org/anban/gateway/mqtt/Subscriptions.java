package org.anban.gateway.mqtt;

import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.List;
import org.anban.gateway.family.Families;
import org.anban.gateway.packet.Packets;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.session.Session;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.topic.Topics;

/**
 * The one subscription that there is: the sender's own commands. It is durable before it is confirmed. Software that insists
 * on others (see {@link Topics#mayListen}) is told yes, and nothing comes there.
 */
final class Subscriptions {
    private static final int NOT_AUTHORISED = 0x87;
    private static final int FAILURE = 0x80;
    private static final short NO_SUCH_SUBSCRIPTION = 0x11;

    private final Connection connection;
    private final Dock dock;
    private final Session session;
    private final boolean version5;
    private final Outbox outbox;
    private final String commands;
    private final Topics topics;

    Subscriptions(Connection connection, Dock dock, Session session, boolean version5, Outbox outbox) {
        this.connection = connection;
        this.dock = dock;
        this.session = session;
        this.version5 = version5;
        this.outbox = outbox;
        this.commands = Topic.command(session.device());
        this.topics = Families.topicsOf(session.profile());
    }

    void subscribe(MqttSubscribeMessage message) {
        List<Integer> codes = new ArrayList<>();
        boolean granted = false;
        for (MqttTopicSubscription asked : message.payload().topicSubscriptions()) {
            if (asked.topicFilter().equals(commands)) {
                granted = true;
                codes.add(Math.min(1, asked.qualityOfService().value()));
            } else if (topics.mayListen(asked.topicFilter())) {
                codes.add(Math.min(1, asked.qualityOfService().value()));
            } else {
                dock.parts().intake().setAsides().count(session.device(), Reason.OTHERS_TOPIC, asked.topicFilter());
                codes.add(version5 ? NOT_AUTHORISED : FAILURE);
            }
        }
        Object answer = new Packets(version5).subAck(message.variableHeader().messageId(), codes);
        if (granted) {
            save(true, () -> {
                send(answer);
                outbox.fetch();
            });
        } else {
            connection.write(answer);
        }
    }

    void unsubscribe(MqttUnsubscribeMessage message) {
        List<Short> codes = new ArrayList<>();
        boolean gone = false;
        for (String filter : message.payload().topics()) {
            boolean had = filter.equals(commands) && session.isSubscribed();
            gone |= had;
            codes.add(had ? (short) 0 : NO_SUCH_SUBSCRIPTION);
        }
        Object answer = new Packets(version5).unsubAck(message.variableHeader().messageId(), codes);
        if (gone) {
            save(false, () -> send(answer));
        } else {
            connection.write(answer);
        }
    }

    private void save(boolean subscribed, Runnable then) {
        dock.parts().sessions().subscribe(session, subscribed, () -> dock.loop().execute(() -> {
            if (connection.isOpen()) {
                then.run();
            }
        }));
    }

    private void send(Object answer) {
        connection.write(answer);
        connection.flush();
    }
}
