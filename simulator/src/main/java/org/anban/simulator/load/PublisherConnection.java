package org.anban.simulator.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.function.Consumer;
import org.anban.simulator.SimulatorException;
import org.jspecify.annotations.Nullable;

/** One publishing device. Lives on its event loop; a read's acknowledgements are answered by one write of as many messages. */
final class PublisherConnection extends ChannelInboundHandlerAdapter {
    private final LoadCredential who;
    private final byte[] topic;
    private final List<byte[]> payloads;
    private final LoopBuffer buffers;
    private final int window;
    private final Consumer<@Nullable String> greeted;
    private final int[] packetIds;
    private final long[] sentAt;
    private int nextPayload;
    private int lastPacketId;
    private int inFlight;
    private boolean accepted;
    private boolean closing;
    private boolean queued;
    private @Nullable LoopShare share;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf begun;
    private long readNanos;

    /** @param greeted told once: null when the broker accepted, else why not */
    PublisherConnection(
            LoadCredential who,
            LoadPlan plan,
            int firstPayload,
            LoopBuffer buffers,
            Consumer<@Nullable String> greeted) {
        this.who = who;
        this.topic = MqttBytes.utf8("care/v1/" + who.id() + "/telemetry");
        this.payloads = plan.payloads();
        this.nextPayload = firstPayload;
        this.window = plan.shape().inFlight();
        this.buffers = buffers;
        this.greeted = greeted;
        int slots = Integer.highestOneBit(Math.max(8, window * 4 - 1)) * 2;
        this.packetIds = new int[slots];
        this.sentAt = new long[slots];
    }

    /** Starts this connection's part of a round; on its event loop. */
    void begin(LoopShare part) {
        share = part;
        if (context == null || !context.channel().isActive()) {
            part.missing(who.id() + ": connection was closed before the round");
            return;
        }
        part.joined();
        if (part.paced()) {
            queued = true;
            part.queue(this);
        } else {
            fill(part, System.nanoTime());
        }
    }

    /** One message of a paced round. */
    void sendInTurn() {
        queued = false;
        LoopShare part = share;
        ChannelHandlerContext to = context;
        if (part == null || to == null || !to.channel().isActive() || inFlight >= window || !part.take()) {
            return;
        }
        ByteBuf out = to.alloc().directBuffer(256);
        encode(out, System.nanoTime());
        to.writeAndFlush(out, to.voidPromise());
        queueAgain(part);
    }

    void disconnect() {
        closing = true;
        ChannelHandlerContext to = context;
        if (to != null && to.channel().isActive()) {
            ByteBuf out = to.alloc().buffer(2);
            MqttBytes.disconnect(out);
            to.writeAndFlush(out);
            to.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        ByteBuf out = ctx.alloc().buffer(128);
        MqttBytes.connect(out, who, MqttBytes.USUAL_KEEP_ALIVE_SECONDS);
        ctx.writeAndFlush(out);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = joined((ByteBuf) message);
        try {
            long now = System.nanoTime();
            readNanos = now;
            int at = in.readerIndex();
            int end = in.writerIndex();
            int size;
            while (at < end && (size = MqttBytes.packetSize(in, at, end)) > 0) {
                packet(in, at, size, now);
                at += size;
            }
            if (at < end) {
                begun = ctx.alloc().buffer().writeBytes(in, at, end - at);
            }
        } finally {
            in.release();
        }
    }

    /** What was read, behind the beginning of a packet that was read before. */
    private ByteBuf joined(ByteBuf in) {
        ByteBuf before = begun;
        if (before == null) {
            return in;
        }
        begun = null;
        before.writeBytes(in);
        in.release();
        return before;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        LoopShare part = share;
        if (part != null) {
            if (part.paced()) {
                queueAgain(part);
            } else {
                fill(part, readNanos);
            }
            part.finishIfDone();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        greet("closed by the other side before it accepted");
        LoopShare part = share;
        if (part != null && !closing) {
            int open = inFlight;
            inFlight = 0;
            part.lost(open, who.id() + ": connection closed by the other side");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        greet(String.valueOf(cause.getMessage()));
        ctx.close();
    }

    private void packet(ByteBuf in, int at, int size, long now) {
        int type = (in.getByte(at) & 0xF0) >> 4;
        if (type == MqttBytes.PUBACK && size >= 4) {
            acknowledged(in.getUnsignedShort(at + 2), now);
        } else if (type == MqttBytes.CONNACK && size >= 4) {
            int code = in.getByte(at + 3);
            greet(code == 0 ? null : "refused with return code " + code);
        }
    }

    private void acknowledged(int packetId, long now) {
        int slot = packetId & packetIds.length - 1;
        if (packetIds[slot] != packetId || packetId == 0) {
            throw new SimulatorException("acknowledgement of packet " + packetId + ", which is not under way");
        }
        packetIds[slot] = 0;
        inFlight--;
        LoopShare part = share;
        if (part != null) {
            part.acknowledged(now - sentAt[slot], now);
        }
    }

    private void fill(LoopShare part, long now) {
        ChannelHandlerContext to = context;
        if (to == null || !to.channel().isActive()) {
            return;
        }
        ByteBuf out = null;
        while (inFlight < window && part.take()) {
            if (out == null) {
                out = buffers.take(to.alloc());
            }
            encode(out, now);
        }
        if (out != null) {
            to.writeAndFlush(out, to.voidPromise());
        }
    }

    private void encode(ByteBuf out, long now) {
        int slot;
        do {
            lastPacketId = lastPacketId == 0xFFFF ? 1 : lastPacketId + 1;
            slot = lastPacketId & packetIds.length - 1;
        } while (packetIds[slot] != 0);
        packetIds[slot] = lastPacketId;
        sentAt[slot] = now;
        inFlight++;
        MqttBytes.publish(out, topic, lastPacketId, payloads.get(nextPayload));
        nextPayload = nextPayload + 1 == payloads.size() ? 0 : nextPayload + 1;
    }

    private void queueAgain(LoopShare part) {
        if (!queued && inFlight < window) {
            queued = true;
            part.queue(this);
        }
    }

    private void greet(@Nullable String problem) {
        if (!accepted) {
            accepted = true;
            greeted.accept(problem);
        }
    }
}
