package org.anban.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** MQTT's data types (section 1.5 of version 5), each read strictly from a packet that may end too early. */
final class Fields {
    private static final int LONGEST_VARIABLE = 4;
    private static final ByteProcessor PLAIN = octet -> octet > 0;

    private Fields() {}

    private static void require(ByteBuf in, int bytes) throws FlawedPacket {
        if (in.readableBytes() < bytes) {
            throw FlawedPacket.malformed("the packet ends too early");
        }
    }

    static int octet(ByteBuf in) throws FlawedPacket {
        require(in, 1);
        return in.readUnsignedByte();
    }

    static int two(ByteBuf in) throws FlawedPacket {
        require(in, 2);
        return in.readUnsignedShort();
    }

    static long four(ByteBuf in) throws FlawedPacket {
        require(in, 4);
        return in.readUnsignedInt();
    }

    /** A packet identifier: never 0. */
    static int packetId(ByteBuf in) throws FlawedPacket {
        int id = two(in);
        if (id == 0) {
            throw FlawedPacket.protocol("packet id 0");
        }
        return id;
    }

    static int variable(ByteBuf in) throws FlawedPacket {
        int value = 0;
        for (int i = 0; i < LONGEST_VARIABLE; i++) {
            int digit = octet(in);
            value |= (digit & 0x7F) << 7 * i;
            if (digit < 0x80) {
                return value;
            }
        }
        throw FlawedPacket.malformed("a length of more than four bytes");
    }

    static byte[] binary(ByteBuf in) throws FlawedPacket {
        int length = two(in);
        require(in, length);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    static int skipBinary(ByteBuf in) throws FlawedPacket {
        int length = two(in);
        require(in, length);
        in.skipBytes(length);
        return length;
    }

    /** A text: well-formed UTF-8 without U+0000. */
    static String text(ByteBuf in) throws FlawedPacket {
        int length = two(in);
        require(in, length);
        int at = in.readerIndex();
        in.skipBytes(length);
        if (in.forEachByte(at, length, PLAIN) < 0) {
            return in.toString(at, length, StandardCharsets.US_ASCII);
        }
        String text = decoded(in.nioBuffer(at, length));
        if (text.indexOf('\u0000') >= 0) {
            throw FlawedPacket.malformed("U+0000 in a text");
        }
        return text;
    }

    private static String decoded(ByteBuffer bytes) throws FlawedPacket {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw FlawedPacket.malformed("a text that is not UTF-8");
        }
    }

    static boolean hasWildcard(String topic) {
        return topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0;
    }

    static void end(ByteBuf in) throws FlawedPacket {
        if (in.isReadable()) {
            throw FlawedPacket.malformed("bytes behind the packet's end");
        }
    }
}
