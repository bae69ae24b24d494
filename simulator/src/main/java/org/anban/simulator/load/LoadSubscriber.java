package org.anban.simulator.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.anban.simulator.SimulatorException;
import org.jspecify.annotations.Nullable;

/** Takes every message of a topic filter at QoS 1, acknowledges it at once and stores nothing. */
public final class LoadSubscriber implements AutoCloseable {
    private static final int RECEIVE_BYTES = 256 * 1024;
    private static final byte[] PINGREQ = {(byte) 0xC0, 0};

    private final LoadLoops loops = new LoadLoops("load-subscriber", 1, RECEIVE_BYTES);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong pongs = new AtomicLong();
    private final Channel channel;

    private LoadSubscriber(String host, int port, LoadCredential who, String filter, CompletableFuture<Void> ready) {
        var connecting = loops.bootstrap()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        fresh.pipeline().addLast(new Receiver(who, filter, ready));
                    }
                })
                .connect(host, port);
        this.channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                ready.completeExceptionally(done.cause());
            }
        });
    }

    /** @throws SimulatorException when the broker refuses or does not grant the subscription in time */
    public static LoadSubscriber connect(String host, int port, LoadCredential who, String filter, Duration within)
            throws InterruptedException {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        LoadSubscriber subscriber = new LoadSubscriber(host, port, who, filter, ready);
        try {
            ready.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return subscriber;
        } catch (ExecutionException e) {
            subscriber.close();
            throw new SimulatorException("no subscription at " + host + ":" + port + ": "
                    + String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            subscriber.close();
            throw new SimulatorException("no subscription at " + host + ":" + port + " in time");
        }
    }

    public long received() {
        return received.get();
    }

    /**
     * Waits until so many messages have come in all and the broker has read our acknowledgements of them: it answers a
     * ping that we send behind them. False when it has not in time or the connection broke.
     */
    public boolean awaitSettled(long count, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        if (!awaitReceived(count, within)) {
            return false;
        }
        long before = pongs.get();
        channel.eventLoop().execute(() -> channel.writeAndFlush(Unpooled.wrappedBuffer(PINGREQ)));
        while (pongs.get() == before) {
            if (System.nanoTime() - deadline >= 0 || !channel.isActive()) {
                return false;
            }
            LockSupport.parkNanos(200_000);
        }
        return true;
    }

    /** Waits until so many messages have come in all; false when they had not in time or the connection broke. */
    public boolean awaitReceived(long count, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (received.get() < count) {
            if (System.nanoTime() - deadline >= 0 || !channel.isActive()) {
                return received.get() >= count;
            }
            LockSupport.parkNanos(200_000);
        }
        return true;
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        loops.close();
    }

    private final class Receiver extends ByteToMessageDecoder {
        private final LoadCredential who;
        private final String filter;
        private final CompletableFuture<Void> ready;
        private @Nullable ByteBuf answers;

        Receiver(LoadCredential who, String filter, CompletableFuture<Void> ready) {
            this.who = who;
            this.filter = filter;
            this.ready = ready;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ByteBuf out = ctx.alloc().buffer(128);
            MqttBytes.connect(out, who, MqttBytes.USUAL_KEEP_ALIVE_SECONDS);
            ctx.writeAndFlush(out);
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            int at = in.readerIndex();
            int end = in.writerIndex();
            int size;
            while (at < end && (size = MqttBytes.packetSize(in, at, end)) > 0) {
                packet(ctx, in, at, size);
                at += size;
            }
            in.readerIndex(at);
            if (answers != null) {
                ctx.writeAndFlush(answers, ctx.voidPromise());
                answers = null;
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            super.channelInactive(ctx);
            ready.completeExceptionally(new SimulatorException("closed by the other side"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ready.completeExceptionally(cause);
            ctx.close();
        }

        private void packet(ChannelHandlerContext ctx, ByteBuf in, int at, int size) {
            int first = in.getByte(at) & 0xFF;
            switch (first >> 4) {
                case MqttBytes.CONNACK -> connected(ctx, in.getByte(at + 3));
                case MqttBytes.SUBACK -> granted(in.getByte(at + size - 1) & 0xFF);
                case MqttBytes.PUBLISH -> published(ctx, in, at, size, (first & 0x06) >> 1);
                case MqttBytes.PINGRESP -> pongs.incrementAndGet();
                default -> {}
            }
        }

        private void connected(ChannelHandlerContext ctx, int code) {
            if (code != 0) {
                ready.completeExceptionally(new SimulatorException("refused with return code " + code));
                return;
            }
            ByteBuf out = ctx.alloc().buffer(64);
            MqttBytes.subscribe(out, 1, filter);
            ctx.writeAndFlush(out);
        }

        private void granted(int code) {
            if (code == 1) {
                ready.complete(null);
            } else {
                ready.completeExceptionally(new SimulatorException("subscription answered with " + code));
            }
        }

        private void published(ChannelHandlerContext ctx, ByteBuf in, int at, int size, int qos) {
            received.lazySet(received.get() + 1);
            if (qos == 0) {
                return;
            }
            int header = 2;
            while (in.getByte(at + header - 1) < 0) {
                header++;
            }
            int topicLength = in.getUnsignedShort(at + header);
            if (answers == null) {
                answers = ctx.alloc().directBuffer(4_096);
            }
            MqttBytes.acknowledge(answers, in.getUnsignedShort(at + header + 2 + topicLength));
        }
    }
}
