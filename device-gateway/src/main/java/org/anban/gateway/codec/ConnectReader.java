package org.anban.gateway.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads CONNECT (section 3.1 of both versions). */
final class ConnectReader {
    private static final int RESERVED = 0x01;
    private static final int CLEAN = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_QOS_SHIFT = 3;
    private static final int WILL_DETAILS = 0x38;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;

    private final ByteBuf in;
    private int version;

    ConnectReader(ByteBuf in) {
        this.in = in;
    }

    /** What it said before reading ended; 0 if it did not come so far. */
    int version() {
        return version;
    }

    Packet.Connect read() throws FlawedPacket {
        readVersion();
        int flags = Fields.octet(in);
        check(flags);
        int keepAlive = Fields.two(in);
        Properties properties = version == 5 ? Properties.read(in, Properties.OF_CONNECT) : Properties.NONE;
        if (properties.has(Properties.AUTHENTICATION_DATA) && !properties.has(Properties.AUTHENTICATION_METHOD)) {
            throw FlawedPacket.protocol("authentication data without a method");
        }
        String clientId = Fields.text(in);
        Packet.Will will = (flags & WILL) != 0 ? will() : null;
        String userName = (flags & USER_NAME) != 0 ? Fields.text(in) : null;
        byte @Nullable [] password = (flags & PASSWORD) != 0 ? Fields.binary(in) : null;
        Fields.end(in);
        return new Packet.Connect(
                version, clientId, userName, password, (flags & CLEAN) != 0, keepAlive, properties, will);
    }

    private void readVersion() throws FlawedPacket {
        String protocol = Fields.text(in);
        int level = Fields.octet(in);
        if (protocol.equals("MQIsdp") || protocol.equals("MQTT") && level < 4) {
            throw FlawedPacket.version("MQTT of level " + level);
        }
        if (!protocol.equals("MQTT")) {
            throw FlawedPacket.malformed("not MQTT");
        }
        version = Math.min(5, level);
        if (level > 5) {
            throw FlawedPacket.version("MQTT of level " + level);
        }
    }

    private void check(int flags) throws FlawedPacket {
        if ((flags & RESERVED) != 0) {
            throw FlawedPacket.malformed("the reserved flag of CONNECT");
        }
        if ((flags & WILL) == 0 && (flags & WILL_DETAILS) != 0) {
            throw FlawedPacket.malformed("flags of a will without a will");
        }
        if ((flags >> WILL_QOS_SHIFT & 3) == 3) {
            throw FlawedPacket.malformed("a will of QoS 3");
        }
        if (version < 5 && (flags & PASSWORD) != 0 && (flags & USER_NAME) == 0) {
            throw FlawedPacket.malformed("a password without a user name");
        }
    }

    private Packet.Will will() throws FlawedPacket {
        Properties properties = version == 5 ? Properties.read(in, Properties.OF_WILL) : Properties.NONE;
        String topic = Fields.text(in);
        Fields.skipBinary(in);
        if (topic.isEmpty() || Fields.hasWildcard(topic)) {
            throw FlawedPacket.malformed("the topic of a will");
        }
        return new Packet.Will(topic, properties.number(Properties.WILL_DELAY, 0));
    }
}
