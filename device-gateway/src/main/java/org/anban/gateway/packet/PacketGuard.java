package org.anban.gateway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Follows the lengths of packets in the stream of bytes, before anything is collected, so that a packet above the limit
 * costs no memory: from its header on, bytes are thrown away. MQTT 5's decoder would else collect all properties of a
 * packet before it looks at its size.
 */
public final class PacketGuard extends ChannelInboundHandlerAdapter {
    /** What the next handler is told instead of the packet. */
    public record TooLarge(long bytes) {}

    private static final int LONGEST_LENGTH_FIELD = 4;

    private int limit;
    private long remaining;
    private int lengthBytes = -1;
    private long length;
    private boolean discarding;

    public PacketGuard(int limitBeforeConnect) {
        this.limit = limitBeforeConnect;
    }

    /** Another limit from the next packet on. */
    public void limit(int packetBytes) {
        limit = packetBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (discarding || !fits(bytes)) {
            bytes.release();
            if (!discarding) {
                discarding = true;
                ctx.fireUserEventTriggered(new TooLarge(length));
            }
            return;
        }
        ctx.fireChannelRead(bytes);
    }

    /** Walks over all packets that begin in these bytes. */
    private boolean fits(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (remaining > 0) {
                int step = (int) Math.min(remaining, end - at);
                at += step;
                remaining -= step;
            } else if (lengthBytes < 0) {
                at++; // the packet's type
                lengthBytes = 0;
                length = 0;
            } else {
                int digit = bytes.getByte(at++);
                length |= (long) (digit & 0x7F) << (7 * lengthBytes++);
                if ((digit & 0x80) == 0 || lengthBytes == LONGEST_LENGTH_FIELD) {
                    remaining = length; // a fifth length byte is malformed; the decoder says so
                    lengthBytes = -1;
                }
                if (length > limit) {
                    return false;
                }
            }
        }
        return true;
    }
}
