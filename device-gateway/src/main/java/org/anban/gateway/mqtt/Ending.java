package org.anban.gateway.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;
import org.anban.gateway.admission.Refusal;
import org.anban.gateway.codec.Packet;
import org.anban.gateway.listener.Wire;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.packet.Packets;
import org.anban.gateway.session.Attachment.Eviction;
import org.anban.gateway.session.Session;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.jspecify.annotations.Nullable;

/** How one connection ends: what is counted, what the client is told, and what becomes of its will. Confined to its loop. */
final class Ending {
    private static final long LINGER_MILLIS = 1_000;

    private final Connection connection;
    private final Dock dock;
    private final Handshake handshake;
    private @Nullable Displaced displaced;
    private volatile boolean farewell;
    private boolean saidGoodbye; // with the reason that lets no will be told

    Ending(Connection connection, Dock dock, Handshake handshake) {
        this.connection = connection;
        this.dock = dock;
        this.handshake = handshake;
    }

    /** DISCONNECT. */
    void disconnected(Packet.Disconnect packet, Session session) {
        farewell = true;
        if (packet.expirySeconds() > 0 && session.expirySeconds() == 0) {
            fail(Fault.PROTOCOL_ERROR, "DISCONNECT revives a session that ends");
            return;
        }
        if (packet.expirySeconds() >= 0) {
            session.expireAfter(packet.expirySeconds());
        }
        saidGoodbye = packet.reason() == 0;
        close();
    }

    boolean hasSaidFarewell() {
        return farewell;
    }

    /** CONNACK with a reason, and no more. */
    void refuse(Refusal refusal, String name, Packets packets) {
        Reason reason = refusal.counted();
        if (reason != null) {
            count(refusal.isOfRegistered() ? name : SetAsides.OTHERS, reason, "\"" + name + "\"");
        }
        connection.write(packets.refused(refusal));
        close();
    }

    private void count(String device, Reason reason, String what) {
        dock.parts().intake().setAsides().count(device, reason, what + " from " + connection.address());
    }

    /** Ends the connection and says why, to a client that can be told; what is to be counted is counted. */
    void fail(Fault fault, String detail) {
        if (connection.isClosed()) {
            return;
        }
        saidGoodbye = fault.isOurs();
        Reason reason = fault.counted();
        Conversation partner = connection.conversation();
        if (reason != null) {
            String device =
                    partner == null ? SetAsides.OTHERS : partner.session().device();
            count(device, reason, detail);
        }
        if (partner != null && partner.packets().version5()) {
            connection.write(partner.packets().disconnect(fault, detail));
        }
        close();
    }

    /** It never said who it is. */
    void nobodyCame() {
        count(SetAsides.OTHERS, Reason.CONNECT_TIMEOUT, "no CONNECT");
        close();
    }

    /** @param quietNanos how long ago it said anything after CONNECT */
    void evict(Eviction why, long quietNanos) {
        Conversation partner = connection.conversation();
        if (why == Eviction.TAKEN_OVER && connection.isOpen() && partner != null) {
            displaced = new Displaced(connection, dock, partner.session());
            displaced.lost(quietNanos);
        }
        fail(Displaced.fault(why), "");
    }

    /** Sends what was written, then ends. What still comes in is thrown away for a second, so that it is read. */
    void close() {
        if (connection.isClosed()) {
            return;
        }
        gone();
        ChannelHandlerContext ctx = connection.context();
        if (ctx.channel() instanceof DuplexChannel duplex) {
            Wire.end(duplex);
            ctx.executor().schedule(() -> ctx.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            connection.reading().goOn();
        } else {
            ctx.close();
        }
    }

    /** The peer has closed its side. */
    void answered() {
        Displaced.answered(displaced);
    }

    /** Nothing can be sent any more. */
    void gone() {
        if (connection.isClosed()) {
            return;
        }
        connection.closed();
        dock.closed(connection);
        handshake.discard();
        Conversation partner = connection.conversation();
        if (partner != null) {
            partner.end(connection, dock, saidGoodbye);
        }
    }
}
