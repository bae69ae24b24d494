package org.anban.simulator.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.anban.simulator.SimulatorException;

/** The few packets of MQTT 3.1.1 that a load needs (OASIS MQTT 3.1.1, chapter 3). */
final class MqttBytes {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBACK = 9;
    static final int PINGRESP = 13;

    /** Longer than any load. */
    static final int USUAL_KEEP_ALIVE_SECONDS = 1_200;

    private MqttBytes() {}

    static void connect(ByteBuf out, LoadCredential who, int keepAliveSeconds) {
        byte[] id = utf8(who.id());
        byte[] key = utf8(who.key());
        boolean named = key.length > 0;
        int rest = 10 + 2 + id.length + (named ? 2 + id.length + 2 + key.length : 0);
        out.writeByte(0x10);
        length(out, rest);
        string(out, utf8("MQTT"));
        out.writeByte(4);
        out.writeByte(named ? 0xC2 : 0x02);
        out.writeShort(keepAliveSeconds);
        string(out, id);
        if (named) {
            string(out, id);
            string(out, key);
        }
    }

    static void publish(ByteBuf out, byte[] topic, int packetId, byte[] payload) {
        out.writeByte(0x32);
        length(out, 2 + topic.length + 2 + payload.length);
        out.writeShort(topic.length);
        out.writeBytes(topic);
        out.writeShort(packetId);
        out.writeBytes(payload);
    }

    static void subscribe(ByteBuf out, int packetId, String filter) {
        byte[] bytes = utf8(filter);
        out.writeByte(0x82);
        length(out, 2 + 2 + bytes.length + 1);
        out.writeShort(packetId);
        string(out, bytes);
        out.writeByte(1);
    }

    static void acknowledge(ByteBuf out, int packetId) {
        out.writeInt(0x4002_0000 | packetId);
    }

    static void ping(ByteBuf out) {
        out.writeShort(0xC000);
    }

    static void disconnect(ByteBuf out) {
        out.writeShort(0xE000);
    }

    /** Bytes from {@code start} to the end of the packet there, or -1 while it is not whole. Moves nothing. */
    static int packetSize(ByteBuf in, int start, int end) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int at = start + 1 + i;
            if (at >= end) {
                return -1;
            }
            int next = in.getByte(at);
            value |= (next & 0x7F) << (7 * i);
            if (next >= 0) {
                int size = 2 + i + value;
                return end - start < size ? -1 : size;
            }
        }
        throw new SimulatorException("the other side sent a packet length of more than four bytes");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void string(ByteBuf out, byte[] bytes) {
        out.writeShort(bytes.length);
        out.writeBytes(bytes);
    }

    private static void length(ByteBuf out, int length) {
        int rest = length;
        while (rest > 0x7F) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
