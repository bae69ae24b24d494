package org.anban.simulator.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.anban.simulator.SimulatorException;

/**
 * Devices that connect, misbehave in one of several ways, leave and come back at once: clean farewells, sudden resets,
 * messages that are no MQTT, numbers that are no JSON, packets that never end, keys that are wrong.
 */
public final class UnrulyCrowd {
    private static final int RECEIVE_BYTES = 512;
    private static final int PATIENCE_SECONDS = 30;
    private static final byte[] RUBBISH = MqttBytes.utf8("GET / HTTP/1.1\r\nHost: anban\r\n\r\n");
    private static final byte[] NO_JSON = MqttBytes.utf8("{\"heartRate\":seventy");
    private static final byte[] READING = MqttBytes.utf8("{\"heartRate\":72,\"unheardOf\":[1,2,3]}");

    private final String host;
    private final int port;
    private final long until;
    private final LoadLoops loops = new LoadLoops("unruly", 1, RECEIVE_BYTES);
    private final AtomicLong conversations = new AtomicLong();
    private final CountDownLatch left;
    private final SplittableRandom chance = new SplittableRandom(20260105); // used on the one event loop only

    private UnrulyCrowd(String host, int port, int clients, Duration length) {
        this.host = host;
        this.port = port;
        this.until = System.nanoTime() + length.toNanos();
        this.left = new CountDownLatch(clients);
    }

    /**
     * Lets each of them come and go until the time is over.
     *
     * @return how many conversations there were
     * @throws SimulatorException if somebody is still connected long after the end
     */
    public static long run(String host, int port, List<LoadCredential> who, Duration length)
            throws InterruptedException {
        UnrulyCrowd crowd = new UnrulyCrowd(host, port, who.size(), length);
        try {
            who.forEach(crowd::come);
            if (!crowd.left.await(length.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new SimulatorException(crowd.left.getCount() + " unruly devices were never let go");
            }
            return crowd.conversations.get();
        } finally {
            crowd.loops.close();
        }
    }

    private void come(LoadCredential who) {
        if (System.nanoTime() - until > 0) {
            left.countDown();
            return;
        }
        var connecting = loops.bootstrap().handler(new Visit(who)).connect(host, port);
        connecting.channel().closeFuture().addListener(done -> {
            conversations.incrementAndGet();
            come(who);
        });
    }

    /** One conversation. */
    private final class Visit extends SimpleChannelInboundHandler<ByteBuf> {
        private final LoadCredential who;
        private int packets;

        Visit(LoadCredential who) {
            this.who = who;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            int mood = chance.nextInt(10);
            ByteBuf out = ctx.alloc().buffer(256);
            if (mood == 0) {
                out.writeBytes(RUBBISH);
            } else if (mood == 1) {
                MqttBytes.connect(out, new LoadCredential(who.id(), "wrong"), 60);
            } else if (mood == 2) {
                out.writeByte(0x10).writeByte(120); // the rest of this CONNECT never comes
                ctx.executor().schedule(() -> ctx.close(), 100, TimeUnit.MILLISECONDS);
            } else {
                MqttBytes.connect(out, who, 60);
            }
            ctx.writeAndFlush(out);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf in) {
            ByteBuf out = ctx.alloc().buffer(256);
            packets++;
            switch (chance.nextInt(8)) {
                case 0 -> leave(ctx, out);
                case 1 -> out.writeBytes(RUBBISH);
                case 2 -> publish(out, NO_JSON);
                case 3 -> reset(ctx);
                case 4 -> MqttBytes.subscribe(out, packets, "care/v1/" + who.id() + "/command");
                case 5 -> MqttBytes.subscribe(out, packets, "#");
                default -> publish(out, READING);
            }
            ctx.writeAndFlush(out);
        }

        private void publish(ByteBuf out, byte[] payload) {
            MqttBytes.publish(out, MqttBytes.utf8("care/v1/" + who.id() + "/telemetry"), packets, payload);
        }

        private void leave(ChannelHandlerContext ctx, ByteBuf out) {
            MqttBytes.disconnect(out);
            ctx.executor().execute(ctx::close);
        }

        /** No farewell, and what is on its way is thrown away. */
        private void reset(ChannelHandlerContext ctx) {
            ctx.channel().config().setOption(io.netty.channel.ChannelOption.SO_LINGER, 0);
            ctx.executor().execute(ctx::close);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
