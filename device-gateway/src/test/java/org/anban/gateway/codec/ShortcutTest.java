package org.anban.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShortcutTest {
    private static final int PUBLISH = 0x32;
    private static final int RETAINED = 0x33;
    private static final int PINGREQ = 0xC0;

    private final List<String> came = new ArrayList<>();
    private final PacketDecoder decoder = new PacketDecoder(20_000);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Packet packet = (Packet) message;
            if (!(packet instanceof Packet.Connect)) {
                came.add(decoded(packet));
            }
            packet.release();
        }
    });
    private int taken;

    @BeforeEach
    void connect() {
        ByteBuf connect = Unpooled.buffer();
        connect.writeShort(0x1010).writeShort(4).writeBytes("MQTT".getBytes(StandardCharsets.UTF_8));
        connect.writeByte(4)
                .writeByte(2)
                .writeShort(60)
                .writeShort(4)
                .writeBytes("t-id".getBytes(StandardCharsets.UTF_8));
        channel.writeInbound(connect);
    }

    @Test
    void howeverTheBytesAreCutEveryPacketComesOnceAndInItsOrder() {
        decoder.shortcut(this::take);
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<String> sent = new ArrayList<>();
            ByteBuf stream = Unpooled.buffer();
            for (int i = 0; i < 30; i++) {
                sent.add(packet(stream, random, i + 1));
            }
            came.clear();
            while (stream.isReadable()) {
                int most = seed % 2 == 0 ? 8 : 4_000;
                int some = Math.min(stream.readableBytes(), 1 + random.nextInt(most));
                channel.writeInbound(stream.readBytes(some));
            }
            stream.release();
            assertThat(came).as("seed " + seed).isEqualTo(sent);
        }
        assertThat(taken).as("both ways were used").isBetween(100, 300 * 30 - 100);
    }

    @Test
    void whatIsLeftGoesTheUsualWay() {
        decoder.shortcut((bytes, start, end) -> false);
        ByteBuf stream = Unpooled.buffer();
        String sent = publish(stream, PUBLISH, "t/plain", 7, 200);
        channel.writeInbound(stream);
        assertThat(came).containsExactly(sent);
    }

    @Test
    void aTakerThatFailsHoldsNoBytes() {
        decoder.shortcut((bytes, start, end) -> {
            throw new IllegalStateException("cannot take it");
        });
        ByteBuf stream = Unpooled.buffer();
        publish(stream, PUBLISH, "t/plain", 7, 200);
        assertThatThrownBy(() -> channel.writeInbound(stream)).hasMessageContaining("cannot take it");
        assertThat(stream.refCnt()).isZero();
    }

    private boolean take(ByteBuf bytes, int start, int end) {
        int length = bytes.getUnsignedShort(start);
        String topic = bytes.toString(start + 2, length, StandardCharsets.UTF_8);
        if (!topic.equals("t/plain")) {
            return false;
        }
        taken++;
        came.add(topic + " " + bytes.getUnsignedShort(start + 2 + length) + " " + (end - start - 4 - length));
        return true;
    }

    private static String packet(ByteBuf stream, Random random, int id) {
        int payload = random.nextInt(20) == 0 ? 3_000 : random.nextInt(300);
        return switch (random.nextInt(6)) {
            case 0 -> {
                stream.writeByte(PINGREQ).writeByte(0);
                yield "PINGREQ";
            }
            case 1 -> publish(stream, PUBLISH, "t/other", id, payload);
            case 2 -> publish(stream, RETAINED, "t/plain", id, payload);
            default -> publish(stream, PUBLISH, "t/plain", id, payload);
        };
    }

    private static String publish(ByteBuf stream, int head, String topic, int id, int payload) {
        stream.writeByte(head);
        int rest = 2 + topic.length() + 2 + payload;
        while (rest > 0x7F) {
            stream.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        stream.writeByte(rest);
        stream.writeShort(topic.length()).writeBytes(topic.getBytes(StandardCharsets.UTF_8));
        stream.writeShort(id).writeBytes(new byte[payload]);
        return topic + " " + id + " " + payload;
    }

    private static String decoded(Packet packet) {
        if (packet instanceof Packet.Publish publish) {
            return publish.topic() + " " + publish.packetId() + " "
                    + publish.payload().readableBytes();
        }
        return packet instanceof Packet.Ping ? "PINGREQ" : packet.toString();
    }
}
