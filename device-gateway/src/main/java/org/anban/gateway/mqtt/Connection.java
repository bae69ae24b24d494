package org.anban.gateway.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.anban.gateway.admission.Greeting;
import org.anban.gateway.admission.Refusal;
import org.anban.gateway.listener.Wire;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.packet.PacketGuard;
import org.anban.gateway.packet.Packets;
import org.anban.gateway.session.Attachment;
import org.anban.gateway.session.Session;
import org.anban.gateway.session.Sessions;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
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
    private static final long LINGER_MILLIS = 1_000;

    /** A socket that is not read may have an alarm in it. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(4);

    private enum State {
        /** No CONNECT yet. */
        OPEN,
        /** The key is being checked. */
        CHECKING,
        CONNECTED,
        CLOSED
    }

    private final Dock dock;
    private final ChannelHandlerContext ctx;
    private final PacketGuard guard;
    private final Reading reading;
    private final Handshake handshake;
    private final long openedNanos = System.nanoTime();
    private State state = State.OPEN;
    private @Nullable Conversation conversation;
    private long lastPacketNanos = openedNanos;
    private boolean heard;
    private boolean unflushed;

    Connection(Dock dock, ChannelHandlerContext ctx, PacketGuard guard) {
        this.dock = dock;
        this.ctx = ctx;
        this.guard = guard;
        this.reading = new Reading(ctx.channel());
        this.handshake = new Handshake(this, dock);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (state == State.CLOSED || !(received instanceof MqttMessage message)) {
            ReferenceCountUtil.release(received);
            return;
        }
        if (message.decoderResult().isFailure()) {
            undecodable(message.decoderResult().cause());
            return;
        }
        switch (state) {
            case OPEN -> {
                state = State.CHECKING;
                handshake.begin(message);
            }
            case CHECKING -> handshake.keep(message);
            default -> packet(message);
        }
    }

    /** A packet of a connection that was let in; always released. */
    void packet(MqttMessage message) {
        Conversation partner = conversation;
        if (partner == null || state != State.CONNECTED) {
            ReferenceCountUtil.release(message);
            return;
        }
        lastPacketNanos = System.nanoTime();
        heard = true;
        try {
            dispatch(message, partner);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** A PUBLISH that was not decoded; see {@link PacketGuard.Shortcut}. */
    private boolean publish(ByteBuf bytes, int start, int end) {
        Conversation partner = conversation;
        if (partner == null || state != State.CONNECTED || !partner.publishes().takePlain(bytes, start, end)) {
            return false;
        }
        lastPacketNanos = System.nanoTime();
        heard = true;
        return true;
    }

    private void dispatch(MqttMessage message, Conversation partner) {
        switch (message.fixedHeader().messageType()) {
            case PUBLISH -> partner.publishes().take((MqttPublishMessage) message);
            case PUBREL ->
                partner.publishes().release(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
            case PUBACK ->
                partner.outbox().acknowledged(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
            case PINGREQ -> write(Packets.PINGRESP);
            case SUBSCRIBE -> partner.subscriptions().subscribe((MqttSubscribeMessage) message);
            case UNSUBSCRIBE -> partner.subscriptions().unsubscribe((MqttUnsubscribeMessage) message);
            case DISCONNECT -> disconnected(message, partner.session());
            default -> fail(Fault.PROTOCOL_ERROR, message.fixedHeader().messageType() + " out of place");
        }
    }

    private void disconnected(MqttMessage message, Session session) {
        if (message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
            MqttProperties.MqttProperty<?> expiry =
                    header.properties().getProperty(MqttProperties.SESSION_EXPIRY_INTERVAL);
            if (expiry != null && expiry.value() instanceof Integer seconds) {
                if (session.expirySeconds() == 0 && seconds != 0) {
                    fail(Fault.PROTOCOL_ERROR, "DISCONNECT revives a session that ends");
                    return;
                }
                session.expireAfter(seconds & 0xFFFF_FFFFL);
            }
        }
        close();
    }

    private void undecodable(Throwable cause) {
        if (state == State.OPEN && Handshake.isUnknownVersion(cause)) {
            refuse(Refusal.VERSION, null);
        } else {
            fail(Fault.MALFORMED, String.valueOf(cause.getMessage()));
        }
    }

    /** The session is ours; what came behind CONNECT may now be read. */
    void connected(Greeting greeting, Sessions.Opened opened) {
        state = State.CONNECTED;
        guard.limit(dock.parts().limits().packetBytes());
        guard.shortcut(this::publish);
        Wire.admitted(ctx.channel());
        conversation = Conversation.begin(this, dock, greeting, opened);
        opened.session().attach(this);
        lastPacketNanos = System.nanoTime();
        write(new Packets(greeting.version5())
                .accepted(greeting, opened.present(), dock.parts().limits()));
        if (opened.session().isSubscribed()) {
            conversation.outbox().fetch();
        }
    }

    void refuse(Refusal refusal, @Nullable Greeting greeting) {
        Reason reason = refusal.counted();
        if (reason != null) {
            String name = greeting == null ? "" : greeting.clientId();
            dock.parts()
                    .intake()
                    .setAsides()
                    .count(
                            refusal.isOfRegistered() ? name : SetAsides.OTHERS,
                            reason,
                            "\"" + name + "\" from " + address());
        }
        write(new Packets(greeting != null && greeting.version5()).refused(refusal));
        close();
    }

    /** Ends the connection and says why, to a client that can be told; what is to be counted is counted. */
    void fail(Fault fault, String detail) {
        if (state == State.CLOSED) {
            return;
        }
        Reason reason = fault.counted();
        Conversation partner = conversation;
        if (reason != null) {
            String device =
                    partner == null ? SetAsides.OTHERS : partner.session().device();
            dock.parts().intake().setAsides().count(device, reason, detail + " from " + address());
        }
        if (partner != null && partner.greeting().version5()) {
            write(new Packets(true).disconnect(fault));
        }
        close();
    }

    /** Sends what was written, then ends. What still comes in is thrown away for a second, so that the peer reads it. */
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        ended();
        if (ctx.channel() instanceof DuplexChannel duplex) {
            Wire.end(duplex);
            ctx.executor().schedule(() -> ctx.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            reading.goOn();
        } else {
            ctx.close();
        }
    }

    private void ended() {
        dock.closed(this);
        handshake.discard();
        Conversation partner = conversation;
        if (partner != null) {
            partner.end(this, dock.parts().intake().time().instant());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            ended();
        }
        context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof PacketGuard.TooLarge large) {
            fail(Fault.TOO_LARGE, large.bytes() + " bytes");
        } else if (event instanceof Wire.Unusable unusable) {
            fail(Fault.MALFORMED, unusable.why());
        } else if (event instanceof ChannelInputShutdownEvent && state == State.CLOSED) {
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
        if (state != State.CLOSED) {
            state = State.CLOSED;
            ended();
        }
        ctx.close();
    }

    /** Each half second: who never says hello, and who fell silent. */
    void tick(long nanos, Instant now) {
        long timeout = dock.parts().limits().connectTimeout().toNanos();
        Conversation partner = conversation;
        if (partner == null) {
            if (nanos - openedNanos > timeout) {
                dock.parts()
                        .intake()
                        .setAsides()
                        .count(SetAsides.OTHERS, Reason.CONNECT_TIMEOUT, "no CONNECT from " + address());
                close();
            }
        } else if (reading.isPaused()) {
            lastPacketNanos = nanos;
            if (reading.hasWaitedForLog(LONGEST_WAIT_NANOS, nanos)) {
                partner.publishes().takeOnlyAlarms();
            }
        } else if (nanos - lastPacketNanos > partner.silenceNanos()) {
            fail(Fault.KEEP_ALIVE, "");
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

    boolean isChecking() {
        return state == State.CHECKING;
    }

    void write(Object message) {
        ctx.write(message);
        unflushed = true;
    }

    void write(ByteBuf bytes) {
        ctx.write(bytes, ctx.voidPromise());
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

    @Nullable
    String certified() {
        return Wire.certified(ctx.channel());
    }

    String address() {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "unknown";
    }

    @Override
    public void evict(Eviction why) {
        Fault fault =
                switch (why) {
                    case TAKEN_OVER -> Fault.TAKEN_OVER;
                    case NOT_AUTHORISED -> Fault.NOT_AUTHORISED;
                    case BLOCKED -> Fault.BLOCKED;
                };
        ctx.executor().execute(() -> fail(fault, ""));
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
