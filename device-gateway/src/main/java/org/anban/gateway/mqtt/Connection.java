package org.anban.gateway.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.anban.gateway.admission.Greeting;
import org.anban.gateway.admission.Refusal;
import org.anban.gateway.codec.Packet;
import org.anban.gateway.codec.PacketDecoder;
import org.anban.gateway.credential.KeyHash;
import org.anban.gateway.listener.Wire;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.packet.Limits;
import org.anban.gateway.packet.Packets;
import org.anban.gateway.session.Attachment;
import org.anban.gateway.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection, from its first byte to its last: what may come in which state, and how it ends. What the packets do
 * is in {@link Handshake}, {@link Publishes}, {@link Subscriptions} and {@link Outbox}. Confined to its event loop, except
 * for the methods of {@link Attachment}.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Attachment {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** A socket that is not read may have an alarm in it. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(4);

    private enum State {
        OPEN,
        /** The key is being checked. */
        CHECKING,
        CONNECTED,
        CLOSED
    }

    private final Dock dock;
    private final ChannelHandlerContext ctx;
    private final PacketDecoder decoder;
    private final Reading reading;
    private final Handshake handshake;
    private final Ending ending;
    private final long openedNanos = System.nanoTime();
    private State state = State.OPEN;
    private @Nullable Conversation conversation;
    private long lastPacketNanos = openedNanos;
    private boolean heard;
    private boolean spoke;
    private boolean unflushed;

    Connection(Dock dock, ChannelHandlerContext ctx, PacketDecoder decoder) {
        this.dock = dock;
        this.ctx = ctx;
        this.decoder = decoder;
        this.reading = new Reading(ctx.channel());
        this.handshake = new Handshake(this, dock);
        this.ending = new Ending(this, dock, handshake);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (!(received instanceof Packet packet)) {
            ReferenceCountUtil.release(received);
            return;
        }
        switch (state) {
            case OPEN -> first(packet);
            case CHECKING -> handshake.keep(packet);
            case CONNECTED -> packet(packet);
            case CLOSED -> packet.release();
        }
    }

    private void first(Packet packet) {
        state = State.CHECKING;
        if (!(packet instanceof Packet.Broken broken)) {
            handshake.begin(packet);
            return;
        }
        Refusal refusal = Handshake.refusal(broken);
        if (refusal != null) {
            ending.refuse(refusal, "", Packets.of(broken.version() == 5, ctx.alloc()));
        }
        fail(Fault.of(broken.flaw()), broken.detail());
    }

    /** A packet of a connection that was let in; always released. */
    void packet(Packet packet) {
        Conversation partner = conversation;
        if (partner == null || state != State.CONNECTED) {
            packet.release();
            return;
        }
        lastPacketNanos = System.nanoTime();
        heard = true;
        spoke = true;
        try {
            dispatch(packet, partner);
        } finally {
            packet.release();
        }
    }

    /** A PUBLISH that was not decoded; see {@link PacketDecoder.Shortcut}. */
    private boolean publish(ByteBuf bytes, int start, int end) {
        Conversation partner = conversation;
        if (partner == null || state != State.CONNECTED || !partner.publishes().takePlain(bytes, start, end)) {
            return false;
        }
        lastPacketNanos = System.nanoTime();
        heard = true;
        spoke = true;
        return true;
    }

    private void dispatch(Packet packet, Conversation partner) {
        if (packet instanceof Packet.Publish publish) {
            partner.publishes().take(publish);
        } else if (packet instanceof Packet.Acknowledgement acknowledgement) {
            partner.acknowledged(acknowledgement);
        } else if (packet instanceof Packet.Ping) {
            write(Packets.pingResp());
        } else if (packet instanceof Packet.Subscribe subscribe) {
            partner.subscriptions().subscribe(subscribe);
        } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
            partner.subscriptions().unsubscribe(unsubscribe);
        } else if (packet instanceof Packet.Disconnect disconnect) {
            ending.disconnected(disconnect, partner.session());
        } else if (packet instanceof Packet.Authentication) {
            fail(Fault.AUTHENTICATION_METHOD, "");
        } else if (packet instanceof Packet.Broken broken) {
            fail(Fault.of(broken.flaw()), broken.detail());
        } else {
            fail(Fault.PROTOCOL_ERROR, packet + " out of place");
        }
    }

    /** The session is ours; what came behind CONNECT may now be read. */
    void connected(Greeting greeting, Sessions.Opened opened) {
        Packets packets = Packets.of(greeting, ctx.alloc());
        ByteBuf accepted =
                packets.accepted(greeting, opened.present(), dock.parts().limits());
        Refusal refusal = Handshake.refusal(greeting, opened.session(), accepted.readableBytes());
        if (refusal != null) {
            accepted.release();
            refuse(refusal, greeting);
            return;
        }
        state = State.CONNECTED;
        decoder.limit(dock.parts().limits().packetBytes());
        decoder.shortcut(this::publish);
        Wire.admitted(ctx.channel());
        conversation = Conversation.begin(this, dock, new Conversation.Partner(greeting, packets, opened));
        opened.session().attach(this, dock.parts().intake().time().instant());
        dock.parts().wills().back(opened.session().device(), opened.present());
        lastPacketNanos = System.nanoTime();
        write(accepted);
        if (opened.session().isSubscribed()) {
            conversation.outbox().fetch();
        }
    }

    void refuse(Refusal refusal, Greeting greeting) {
        ending.refuse(refusal, greeting.clientId(), Packets.of(greeting, ctx.alloc()));
    }

    /** Ends the connection and says why, to a client that can be told. */
    void fail(Fault fault, String detail) {
        ending.fail(fault, detail);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ending.answered();
        ending.gone();
        context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Wire.Unusable unusable) {
            fail(unusable.fault(), unusable.why());
        } else if (event instanceof ChannelInputShutdownEvent && state == State.CLOSED) {
            ending.answered();
            ctx.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Conversation partner = conversation;
        if (partner != null && state == State.CONNECTED) {
            partner.publishes().answered();
        }
        flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        reading.pause(Reading.Because.SLOW_READER, !context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException) {
            fail(Wire.fault(cause), String.valueOf(cause.getMessage()));
            return;
        }
        if (!(cause instanceof IOException)) {
            log.warn("a connection is closed because of a defect", cause);
        }
        ending.gone();
        ctx.close();
    }

    /** Each half second: who never says hello, and who fell silent. */
    void tick(long nanos, Instant now) {
        Limits limits = dock.parts().limits();
        Conversation partner = conversation;
        if (partner == null) {
            if (nanos - openedNanos > limits.connectTimeout().toNanos()) {
                ending.nobodyCame();
            }
        } else if (reading.isStuck(limits.slowestReader().toNanos(), nanos)
                || !reading.isPaused() && nanos - lastPacketNanos > partner.silenceNanos()) {
            fail(Fault.KEEP_ALIVE, "");
        } else if (reading.isPaused()) {
            lastPacketNanos = nanos;
            if (reading.hasWaitedForLog(LONGEST_WAIT_NANOS, nanos)) {
                partner.publishes().takeOnlyAlarms();
            }
        } else if (heard) {
            heard = false;
            partner.session().heard(now);
        }
    }

    /** The log has caught up. */
    void released() {
        reading.pause(Reading.Because.LOG_BEHIND, false);
        Conversation partner = conversation;
        if (partner != null && isOpen()) {
            partner.publishes().takeAllIfThereIsRoom();
        }
    }

    Reading reading() {
        return reading;
    }

    boolean isOpen() {
        return state == State.CONNECTED;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** From now on nothing that comes is looked at. */
    void closed() {
        state = State.CLOSED;
    }

    @Nullable
    Conversation conversation() {
        return conversation;
    }

    boolean isChecking() {
        return state == State.CHECKING;
    }

    void write(ByteBuf bytes) {
        ctx.write(bytes, ctx.voidPromise());
        unflushed = true;
    }

    /** @param then what to do once the socket has it; nothing if it never gets it */
    void write(ByteBuf bytes, Runnable then) {
        ctx.write(bytes).addListener(done -> {
            if (done.isSuccess()) {
                then.run();
            }
        });
        unflushed = true;
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
    }

    ChannelHandlerContext context() {
        return ctx;
    }

    @Override
    public @Nullable KeyHash key() {
        return conversation == null ? null : conversation.opened().key();
    }

    @Override
    public String address() {
        return Wire.address(ctx.channel());
    }

    @Override
    public boolean hasSaidFarewell() {
        return ending.hasSaidFarewell();
    }

    @Override
    public void evict(Eviction why) {
        ctx.executor().execute(() -> ending.evict(why, spoke ? System.nanoTime() - lastPacketNanos : Long.MAX_VALUE));
    }

    @Override
    public void commandsWait() {
        ctx.executor().execute(() -> {
            if (conversation != null && isOpen()) {
                conversation.outbox().fetch();
            }
        });
    }
}
