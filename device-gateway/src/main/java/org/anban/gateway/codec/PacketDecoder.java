package org.anban.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.anban.gateway.codec.Packet.Acknowledgement.Type;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream of bytes into {@link Packet}s. After the first that is broken nothing more is read. A packet above the
 * limit is broken as soon as its length is known, so it costs no memory. A plain PUBLISH that is here as a whole, which is
 * what nearly every packet is, can be taken before it is read.
 */
public final class PacketDecoder extends ByteToMessageDecoder {
    /** Takes a PUBLISH of QoS 1 that is neither retained nor sent again. */
    @FunctionalInterface
    public interface Shortcut {
        /**
         * Takes it, or leaves it to be read.
         *
         * @param start where its topic's length stands
         * @param end behind its payload
         * @return false if it was left
         */
        boolean take(ByteBuf bytes, int start, int end);
    }

    private static final int LONGEST_HEADER = 5;
    private static final int PLAIN_PUBLISH = 0x32;
    private static final int TWO = 0x02;

    private int limit;
    private int version;
    private boolean broken;
    private @Nullable Shortcut shortcut;

    /** @param limitBeforeConnect the longest packet, in bytes */
    public PacketDecoder(int limitBeforeConnect) {
        limit = limitBeforeConnect;
    }

    /** Another limit from the next packet on. */
    public void limit(int packetBytes) {
        limit = packetBytes;
    }

    /** From the next packet on. */
    public void shortcut(Shortcut taker) {
        shortcut = taker;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        boolean between = !broken && actualReadableBytes() == 0;
        if (!(message instanceof ByteBuf bytes)) {
            super.channelRead(ctx, message);
        } else if (!between || shortcut == null || !consumes(bytes, shortcut)) {
            super.channelRead(ctx, fitting(ctx, bytes));
        }
    }

    /** We may wait for the rest of a packet: a few bytes must not hold a large buffer meanwhile. */
    private static ByteBuf fitting(ChannelHandlerContext ctx, ByteBuf bytes) {
        int size = bytes.readableBytes();
        if (bytes.capacity() < SharedReceive.BYTES || size > SharedReceive.BYTES / 2) {
            return bytes;
        }
        ByteBuf own = ctx.alloc().buffer(size).writeBytes(bytes);
        bytes.release();
        return own;
    }

    /** Whether nothing is left of the bytes, which are released then, and also when the taker fails. */
    private boolean consumes(ByteBuf bytes, Shortcut taker) {
        boolean left = false;
        try {
            left = !takesAll(bytes, taker);
        } finally {
            if (!left) {
                bytes.release();
            }
        }
        return !left;
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
        return end - start <= limit && end <= bytes.writerIndex() ? end : -1;
    }

    private static int bodyStart(ByteBuf bytes, int start) {
        return start + (bytes.getByte(start + 1) < 0 ? 3 : 2);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        if (refuses(in.getUnsignedByte(start), out)) {
            return;
        }
        int there = in.readableBytes();
        int length = 0;
        int header = 1;
        int digit = 0x80;
        while (digit >= 0x80) {
            if (header == LONGEST_HEADER) {
                stop(out, Flaw.MALFORMED, "a length of more than four bytes");
                return;
            }
            if (header >= there) {
                return;
            }
            digit = in.getUnsignedByte(start + header);
            length |= (digit & 0x7F) << 7 * (header - 1);
            header++;
        }
        if (header + length > limit) {
            stop(out, Flaw.TOO_LARGE, header + length + " bytes");
        } else if (there - header >= length) {
            in.skipBytes(header);
            read(in.getUnsignedByte(start), in.readSlice(length), out);
        }
    }

    /** Who speaks another protocol is told at its first byte: the length behind it means nothing, and would be waited for. */
    private boolean refuses(int head, List<Object> out) {
        int type = head >> 4;
        int flags = head & 0x0F;
        boolean two = type == 6 || type == 8 || type == 10;
        if (type == 0 || type == 15 && version == 4 || type != 3 && flags != (two ? TWO : 0)) {
            stop(out, Flaw.MALFORMED, "reserved bits of the header");
        } else if (version == 0 && type != 1) {
            broken = true;
            out.add(new Packet.OutOfPlace(type));
        }
        return broken;
    }

    private void stop(List<Object> out, Flaw flaw, String detail) {
        broken = true;
        out.add(new Packet.Broken(flaw, version, detail));
    }

    private void read(int head, ByteBuf body, List<Object> out) {
        try {
            out.add(packet(head >> 4, head & 0x0F, body));
        } catch (FlawedPacket e) {
            stop(out, e.flaw(), e.detail());
        }
    }

    private Packet packet(int type, int flags, ByteBuf body) throws FlawedPacket {
        if (type == 3) {
            return publish(flags, body);
        }
        if (type == 1) {
            return connect(body);
        }
        PacketReader reader = new PacketReader(body, version == 5);
        return switch (type) {
            case 4 -> reader.acknowledgement(Type.PUBACK);
            case 5 -> reader.acknowledgement(Type.PUBREC);
            case 6 -> reader.acknowledgement(Type.PUBREL);
            case 7 -> reader.acknowledgement(Type.PUBCOMP);
            case 8 -> reader.subscribe();
            case 10 -> reader.unsubscribe();
            case 12 -> reader.ping();
            case 14 -> reader.disconnect();
            case 15 -> reader.authentication();
            default -> new Packet.OutOfPlace(type);
        };
    }

    private Packet connect(ByteBuf body) throws FlawedPacket {
        if (version != 0) {
            return new Packet.OutOfPlace(1);
        }
        ConnectReader reader = new ConnectReader(body);
        try {
            return reader.read();
        } finally {
            version = reader.version();
        }
    }

    private Packet publish(int flags, ByteBuf in) throws FlawedPacket {
        int qos = flags >> 1 & 3;
        boolean again = (flags & 8) != 0;
        if (qos == 3 || again && qos == 0) {
            throw FlawedPacket.malformed("flags of PUBLISH");
        }
        String topic = Fields.text(in);
        if (Fields.hasWildcard(topic)) {
            throw FlawedPacket.malformed("a topic with a wildcard");
        }
        int packetId = qos == 0 ? 0 : Fields.packetId(in);
        int alias = -1;
        if (version == 5) {
            Properties properties = Properties.read(in, Properties.OF_PUBLISH);
            if (properties.has(Properties.SUBSCRIPTION_IDENTIFIER)) {
                throw FlawedPacket.protocol("a subscription identifier from a client");
            }
            alias = (int) properties.number(Properties.TOPIC_ALIAS, -1);
        }
        if (topic.isEmpty() && alias < 0) {
            throw FlawedPacket.protocol("neither a topic nor an alias");
        }
        return new Packet.Publish(topic, qos, again, packetId, alias, in.readRetainedSlice(in.readableBytes()));
    }
}
