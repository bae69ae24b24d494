package org.anban.simulator.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A device that connects, pings in time and says nothing else, until it vanishes. Lives on its event loop. */
final class IdleDevice extends SimpleChannelInboundHandler<ByteBuf> {
    private final LoadCredential who;
    private final int keepAliveSeconds;
    private final Consumer<@Nullable String> greeted;
    private @Nullable ChannelHandlerContext context;
    private boolean accepted;
    private boolean vanished;

    /** @param greeted told once: null when the broker accepted, else why not */
    IdleDevice(LoadCredential who, int keepAliveSeconds, Consumer<@Nullable String> greeted) {
        this.who = who;
        this.keepAliveSeconds = keepAliveSeconds;
        this.greeted = greeted;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        ByteBuf out = ctx.alloc().buffer(128);
        MqttBytes.connect(out, who, keepAliveSeconds);
        ctx.writeAndFlush(out);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf in) {
        if (!accepted && in.readableBytes() >= 4) {
            int code = in.getByte(in.readerIndex() + 3);
            greet(code == 0 ? null : "refused with return code " + code);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        greet("closed by the other side before it accepted");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        greet(String.valueOf(cause.getMessage()));
        ctx.close();
    }

    private void greet(@Nullable String problem) {
        if (!accepted) {
            accepted = true;
            greeted.accept(problem);
        }
    }

    void ping() {
        ChannelHandlerContext to = context;
        if (!vanished && to != null && to.channel().isActive()) {
            ByteBuf out = to.alloc().buffer(2);
            MqttBytes.ping(out);
            to.writeAndFlush(out, to.voidPromise());
        }
    }

    /** No word any more, and nothing is read: the socket stays open, as that of a watch in a lift does. */
    void vanish() {
        vanished = true;
        if (context != null) {
            context.channel().config().setAutoRead(false);
        }
    }
}
