package org.anban.gateway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Follows the lengths of packets in the stream of bytes, before anything is collected, so that a packet above the limit
 * costs no memory: from its header on, bytes are thrown away. MQTT 5's decoder would else collect all properties of a
 * packet before it looks at its size. A plain PUBLISH that is here as a whole, which is what nearly every packet is, can
 * be taken from here without the decoder.
 */
public final class PacketGuard extends ChannelInboundHandlerAdapter {
    /** What the next handler is told instead of the packet. */
    public record TooLarge(long bytes) {}

    /** Takes a PUBLISH of QoS 1 that is neither retained nor sent again. */
    @FunctionalInterface
    public interface Shortcut {
        /**
         * Takes it, or leaves it to the decoder and the rest of the pipeline.
         *
         * @param start where its topic's length stands
         * @param end behind its payload
         * @return false if it was left
         */
        boolean take(ByteBuf bytes, int start, int end);
    }

    private static final int LONGEST_LENGTH_FIELD = 4;
    private static final int PLAIN_PUBLISH = 0x32;

    private int limit;
    private long remaining;
    private int lengthBytes = -1;
    private long length;
    private boolean discarding;
    private @Nullable Shortcut shortcut;

    public PacketGuard(int limitBeforeConnect) {
        this.limit = limitBeforeConnect;
    }

    /** From the next packet on. */
    public void shortcut(Shortcut taker) {
        shortcut = taker;
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
        if (shortcut != null && !discarding && isBetweenPackets() && takesAll(bytes, shortcut)) {
            bytes.release();
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

    /** The decoder has nothing of a packet yet: it may be passed by. */
    private boolean isBetweenPackets() {
        return remaining == 0 && lengthBytes < 0;
    }

    /** Takes packets until there is one that must go the usual way; true if nothing is left. */
    private boolean takesAll(ByteBuf bytes, Shortcut taker) {
        while (bytes.isReadable()) {
            int start = bytes.readerIndex();
            int end = plainPublishEnd(bytes, start);
            if (end < 0 || !taker.take(bytes, bodyStart(bytes, start), end)) {
                return false;
            }
            bytes.readerIndex(end);
        }
        return true;
    }

    /** Where the packet ends if it is a plain PUBLISH of less than 16 KiB and all of it is here; else -1. */
    private int plainPublishEnd(ByteBuf bytes, int start) {
        int available = bytes.writerIndex() - start;
        if (available < 3 || (bytes.getByte(start) & 0xFF) != PLAIN_PUBLISH) {
            return -1;
        }
        int low = bytes.getByte(start + 1);
        int high = bytes.getByte(start + 2);
        if (low < 0 && high < 0) {
            return -1;
        }
        int packet = low < 0 ? low & 0x7F | high << 7 : low;
        int end = bodyStart(bytes, start) + packet;
        return packet <= limit && end <= bytes.writerIndex() ? end : -1;
    }

    private static int bodyStart(ByteBuf bytes, int start) {
        return start + (bytes.getByte(start + 1) < 0 ? 3 : 2);
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
