package org.anban.gateway.mqtt;

import org.anban.gateway.admission.Greeting;
import org.anban.gateway.codec.Packet;
import org.anban.gateway.packet.Packets;
import org.anban.gateway.session.Session;
import org.anban.gateway.session.Sessions;
import org.anban.gateway.will.Wills;
import org.jspecify.annotations.Nullable;

/** What a connection has once its device was let in. */
record Conversation(
        Packets packets,
        Sessions.Opened opened,
        Publishes publishes,
        Subscriptions subscriptions,
        Outbox outbox,
        Packet.@Nullable Will will,
        long silenceNanos) {
    private static final double KEEP_ALIVES_MISSED = 1.5;
    private static final long NANOS = 1_000_000_000L;
    private static final long UNLIMITED = Long.MAX_VALUE;

    /** Who was let in, how it is spoken to, and what it goes on with. */
    record Partner(Greeting greeting, Packets packets, Sessions.Opened opened) {
        Session session() {
            return opened.session();
        }
    }

    static Conversation begin(Connection connection, Dock dock, Partner partner) {
        Outbox outbox = new Outbox(connection, dock, partner);
        return new Conversation(
                partner.packets(),
                partner.opened(),
                new Publishes(connection, dock, partner),
                new Subscriptions(connection, dock, partner, outbox),
                outbox,
                partner.greeting().will(),
                silence(partner.greeting(), dock));
    }

    /** MQTT 5 clients are told our longest keep alive; older ones have their own, or none. */
    private static long silence(Greeting greeting, Dock dock) {
        long longest = dock.parts().limits().longestKeepAlive().toSeconds();
        long asked = greeting.keepAliveSeconds();
        if (asked == 0 && !greeting.version5()) {
            return UNLIMITED;
        }
        long seconds = greeting.version5() && (asked == 0 || asked > longest) ? longest : asked;
        return (long) (seconds * KEEP_ALIVES_MISSED * NANOS);
    }

    Session session() {
        return opened.session();
    }

    void acknowledged(Packet.Acknowledgement packet) {
        switch (packet.type()) {
            case PUBACK -> outbox.acknowledged(packet);
            case PUBREC -> outbox.received(packet);
            case PUBREL -> publishes.release(packet.packetId());
            case PUBCOMP -> {} // the end of a PUBREL that said that there is no such message
        }
    }

    /** @param saidGoodbye the device ended it, or we did for reasons of ours: then its will is nobody's business */
    void end(Connection connection, Dock dock, boolean saidGoodbye) {
        publishes.end();
        session()
                .detach(connection, opened.epoch(), dock.parts().intake().time().instant());
        if (will != null && !saidGoodbye && publishes.mayTellOfLoss()) {
            dock.parts().wills().lost(new Wills.Loss(session(), opened.epoch(), will.delaySeconds()), dock.loop());
        }
    }
}
