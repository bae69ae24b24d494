package org.anban.gateway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anban.gateway.admission.Greeting;
import org.anban.gateway.admission.Refusal;

/**
 * The packets that we send, in the form of one client's version of MQTT.
 *
 * @param explains whether it may be told reasons in words (MQTT 5's Request Problem Information)
 * @param mostBytes the longest packet that it takes; reasons in words are left out first
 */
public record Packets(ByteBufAllocator allocator, boolean version5, boolean explains, long mostBytes) {
    private static final int CONNACK = 0x20;
    private static final int PUBLISH = 0x30;
    private static final int PUBREL = 0x62;
    private static final int PUBCOMP = 0x70;
    private static final int SUBACK = 0x90;
    private static final int UNSUBACK = 0xB0;
    private static final int DISCONNECT = 0xE0;
    private static final ByteBuf PINGRESP =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeByte(0xD0).writeByte(0));

    private static final int NOT_FOUND = 0x92;
    private static final int REASON_STRING = 0x1F;
    private static final int LONGEST_DETAIL = 200;
    private static final byte[] NO_WORDS = {};

    /** For a client that was let in. */
    public static Packets of(Greeting greeting, ByteBufAllocator allocator) {
        return new Packets(allocator, greeting.version5(), greeting.explains(), greeting.mostBytes());
    }

    /** For a client of which nothing is known but its version. */
    public static Packets of(boolean version5, ByteBufAllocator allocator) {
        return new Packets(allocator, version5, true, Long.MAX_VALUE);
    }

    public static ByteBuf pingResp() {
        return PINGRESP.duplicate();
    }

    /** Whether acknowledgements carry reasons in words. */
    public boolean acknowledgesInWords() {
        return explains && mostBytes >= 2L * Words.LONGEST;
    }

    public ByteBuf refused(Refusal refusal) {
        int code = refusal.code(version5) & 0xFF;
        ByteBuf body = allocator.buffer().writeByte(0).writeByte(code);
        if (version5) {
            words(body, Words.of(code));
        }
        return packet(CONNACK, body);
    }

    public ByteBuf accepted(Greeting greeting, boolean sessionPresent, Limits limits) {
        ByteBuf body = allocator.buffer().writeByte(sessionPresent ? 1 : 0).writeByte(0);
        if (version5) {
            ByteBuf properties = allocator.buffer();
            properties.writeByte(0x21).writeShort(limits.inFlight());
            properties.writeByte(0x27).writeInt(limits.packetBytes());
            properties.writeByte(0x22).writeShort(limits.topicAliases());
            properties.writeShort(0x2800).writeShort(0x2900).writeShort(0x2A00); // nothing of this kind is served
            int longest = (int) Math.min(65_535, limits.longestKeepAlive().toSeconds());
            if (greeting.keepAliveSeconds() == 0 || greeting.keepAliveSeconds() > longest) {
                properties.writeByte(0x13).writeShort(longest);
            }
            if (greeting.assigned()) {
                text(properties.writeByte(0x12), greeting.clientId().getBytes(StandardCharsets.UTF_8));
            }
            append(body, properties);
        }
        return packet(CONNACK, body);
    }

    /** @param detail what was wrong, in words; empty for what is always said of this fault */
    public ByteBuf disconnect(Fault fault, String detail) {
        ByteBuf body = allocator.buffer().writeByte(fault.code());
        String shortened = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail;
        words(body, detail.isEmpty() ? Words.of(fault.code()) : shortened.getBytes(StandardCharsets.UTF_8));
        return packet(DISCONNECT, body);
    }

    public ByteBuf pubComp(int packetId, boolean known) {
        return acknowledgement(PUBCOMP, packetId, known);
    }

    public ByteBuf pubRel(int packetId, boolean known) {
        return acknowledgement(PUBREL, packetId, known);
    }

    private ByteBuf acknowledgement(int head, int packetId, boolean known) {
        ByteBuf body = allocator.buffer().writeShort(packetId);
        if (version5 && !known) {
            body.writeByte(NOT_FOUND);
            if (acknowledgesInWords()) {
                words(body, Words.of(NOT_FOUND));
            }
        }
        return packet(head, body);
    }

    public ByteBuf subAck(int packetId, List<Integer> codes) {
        return answers(SUBACK, packetId, codes, version5);
    }

    /** MQTT 3.1.1 has no codes here. */
    public ByteBuf unsubAck(int packetId, List<Integer> codes) {
        return answers(UNSUBACK, packetId, version5 ? codes : List.of(), version5);
    }

    private ByteBuf answers(int head, int packetId, List<Integer> codes, boolean withProperties) {
        ByteBuf body = allocator.buffer().writeShort(packetId);
        if (withProperties) {
            int worst = codes.stream().filter(code -> code > 2).findFirst().orElse(0);
            words(body, acknowledgesInWords() ? Words.of(worst) : NO_WORDS);
        }
        codes.forEach(body::writeByte);
        return packet(head, body);
    }

    /**
     * A command on its way.
     *
     * @param packetId 0 for quality of service 0
     * @param expirySeconds how long it still means something
     */
    public ByteBuf command(String topic, int packetId, boolean again, String payload, long expirySeconds) {
        ByteBuf body = allocator.buffer();
        text(body, topic.getBytes(StandardCharsets.UTF_8));
        if (packetId != 0) {
            body.writeShort(packetId);
        }
        if (version5) {
            body.writeByte(5).writeByte(0x02).writeInt((int) Math.min(expirySeconds, Integer.MAX_VALUE));
        }
        body.writeCharSequence(payload, StandardCharsets.UTF_8);
        return packet(PUBLISH | (packetId != 0 ? 2 : 0) | (again && packetId != 0 ? 8 : 0), body);
    }

    /** Properties with a reason string, if there is one, it is wanted and there is room. */
    private void words(ByteBuf body, byte[] words) {
        int length = words.length + 3;
        if (words.length == 0 || !explains || body.readableBytes() + length + 8L > mostBytes) {
            body.writeByte(0);
        } else {
            variable(body, length);
            text(body.writeByte(REASON_STRING), words);
        }
    }

    private static void text(ByteBuf out, byte[] bytes) {
        out.writeShort(bytes.length).writeBytes(bytes);
    }

    private ByteBuf packet(int head, ByteBuf body) {
        return append(allocator.buffer(body.readableBytes() + 5).writeByte(head), body);
    }

    /** A part behind its length. */
    private static ByteBuf append(ByteBuf out, ByteBuf part) {
        variable(out, part.readableBytes());
        out.writeBytes(part);
        part.release();
        return out;
    }

    private static void variable(ByteBuf out, int length) {
        int rest = length;
        while (rest > 0x7F) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>= 7;
        }
        out.writeByte(rest);
    }
}
