package org.anban.gateway.mqtt;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.anban.gateway.codec.Packet;
import org.anban.gateway.family.Families;
import org.anban.gateway.packet.Fault;
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
    private static final int FAILURE = 0x80;
    private static final int NOT_AUTHORISED = 0x87;
    private static final int FILTER_INVALID = 0x8F;
    private static final int NO_SHARED = 0x9E;
    private static final int NO_IDENTIFIERS = 0xA1;
    private static final int NO_WILDCARDS = 0xA2;
    private static final int NO_SUCH_SUBSCRIPTION = 0x11;

    /** Each costs a write; who asks faster than they are written asks in a loop. */
    private static final int MOST_UNWRITTEN = 16;

    private final Connection connection;
    private final Dock dock;
    private final Session session;
    private final Packets packets;
    private final Outbox outbox;
    private int unwritten;

    Subscriptions(Connection connection, Dock dock, Conversation.Partner partner, Outbox outbox) {
        this.connection = connection;
        this.dock = dock;
        this.session = partner.session();
        this.packets = partner.packets();
        this.outbox = outbox;
    }

    void subscribe(Packet.Subscribe packet) {
        Topics topics = Families.topicsOf(session.profile());
        List<Integer> codes = new ArrayList<>();
        int granted = Session.NOT_SUBSCRIBED;
        for (Packet.Filter asked : packet.filters()) {
            int refusal = packet.identified() ? NO_IDENTIFIERS : refusal(asked.topic());
            if (refusal == 0) {
                granted = Math.min(1, asked.qos());
                codes.add(granted);
            } else if (refusal != NO_IDENTIFIERS && topics.mayListen(asked.topic())) {
                codes.add(Math.min(1, asked.qos()));
            } else {
                dock.parts().intake().setAsides().count(session.device(), Reason.OTHERS_TOPIC, asked.topic());
                codes.add(packets.version5() ? refusal : FAILURE);
            }
        }
        ByteBuf answer = packets.subAck(packet.packetId(), codes);
        if (granted != Session.NOT_SUBSCRIBED) {
            save(granted, answer, outbox::fetch);
        } else {
            connection.write(answer);
        }
    }

    /** MQTT 5's reason code for a filter that is not served; 0 for the one that is. */
    private int refusal(String filter) {
        if (filter.equals(Topic.command(session.device()))) {
            return 0;
        }
        if (filter.startsWith("$share/")) {
            return NO_SHARED;
        }
        boolean wildcard = false;
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean has = levels[i].contains("+") || levels[i].contains("#");
            if (has && (levels[i].length() > 1 || levels[i].equals("#") && i < levels.length - 1)) {
                return FILTER_INVALID;
            }
            wildcard |= has;
        }
        return wildcard ? NO_WILDCARDS : NOT_AUTHORISED;
    }

    void unsubscribe(Packet.Unsubscribe packet) {
        List<Integer> codes = new ArrayList<>();
        boolean gone = false;
        for (String filter : packet.filters()) {
            boolean had = filter.equals(Topic.command(session.device())) && session.isSubscribed();
            gone |= had;
            codes.add(had ? 0 : NO_SUCH_SUBSCRIPTION);
        }
        ByteBuf answer = packets.unsubAck(packet.packetId(), codes);
        if (gone) {
            save(Session.NOT_SUBSCRIBED, answer, () -> {});
        } else {
            connection.write(answer);
        }
    }

    private void save(int qos, ByteBuf answer, Runnable then) {
        if (unwritten == MOST_UNWRITTEN) {
            answer.release();
            connection.fail(Fault.BUSY, "");
            return;
        }
        unwritten++;
        dock.parts().sessions().subscribe(session, qos, () -> dock.loop().execute(() -> {
            unwritten--;
            if (connection.isOpen()) {
                connection.write(answer);
                connection.flush();
                then.run();
            } else {
                answer.release();
            }
        }));
    }
}
