package org.anban.gateway.listener;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives new connections of one port to the event loops, in turn. Confined to the event loop that accepts. */
final class Acceptor extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Acceptor.class);
    private static final long REST_MILLIS = 1_000;

    /**
     * Where a connection may live.
     *
     * @param handlers adds to a new channel's pipeline, on that loop
     */
    record Berth(EventLoop loop, ChannelHandler handlers) {}

    private final List<Berth> berths;

    /** One for all: each connection would else keep one of its own. */
    private final RecvByteBufAllocator readSizes = new AdaptiveRecvByteBufAllocator();

    private int next;

    Acceptor(List<Berth> berths) {
        this.berths = berths;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        Berth berth = berths.get(next);
        next = (next + 1) % berths.size();
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        channel.config().setRecvByteBufAllocator(readSizes);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.pipeline().addLast(berth.handlers());
        berth.loop().register(channel).addListener((ChannelFutureListener) registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
            }
        });
    }

    /** Out of file descriptors, as a rule: those who wait are served when others have gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!context.channel().config().isAutoRead()) {
            return;
        }
        log.warn("cannot accept a connection, resting for {} ms: {}", REST_MILLIS, cause.toString());
        context.channel().config().setAutoRead(false);
        context.executor()
                .schedule(() -> context.channel().config().setAutoRead(true), REST_MILLIS, TimeUnit.MILLISECONDS);
    }
}
