package org.anban.gateway.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.anban.gateway.codec.Packet.Acknowledgement;

/** Reads every packet but CONNECT and PUBLISH (sections 3.4 to 3.15 of version 5). */
final class PacketReader {
    private static final Set<Integer> TAKEN_OR_NOT = Set.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
    private static final Set<Integer> KNOWN_OR_NOT = Set.of(0x00, 0x92);
    private static final Set<Integer> GOODBYES =
            Set.of(0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);
    private static final Set<Integer> STEPS = Set.of(0x00, 0x18, 0x19);
    private static final int NO_LOCAL = 0x04;
    private static final int RETAIN_HANDLING = 0x30;
    private static final int RESERVED = 0xC0;
    private static final String SHARED = "$share/";

    private final ByteBuf in;
    private final boolean version5;

    PacketReader(ByteBuf in, boolean version5) {
        this.in = in;
        this.version5 = version5;
    }

    Acknowledgement acknowledgement(Acknowledgement.Type type) throws FlawedPacket {
        int packetId = Fields.packetId(in);
        boolean first = type == Acknowledgement.Type.PUBACK || type == Acknowledgement.Type.PUBREC;
        int reason = reason(first ? TAKEN_OR_NOT : KNOWN_OR_NOT);
        properties(Properties.OF_ACKNOWLEDGEMENT);
        Fields.end(in);
        return new Acknowledgement(type, packetId, reason);
    }

    /** A reason code, which may be left out together with the properties behind it. */
    private int reason(Set<Integer> allowed) throws FlawedPacket {
        if (!version5 || !in.isReadable()) {
            return 0;
        }
        int reason = Fields.octet(in);
        if (!allowed.contains(reason)) {
            throw FlawedPacket.protocol("reason code " + Integer.toHexString(reason) + " is not for this packet");
        }
        return reason;
    }

    private Properties properties(long allowed) throws FlawedPacket {
        return version5 && in.isReadable() ? Properties.read(in, allowed) : Properties.NONE;
    }

    Packet.Subscribe subscribe() throws FlawedPacket {
        int packetId = Fields.packetId(in);
        Properties properties = version5 ? Properties.read(in, Properties.OF_SUBSCRIBE) : Properties.NONE;
        List<Packet.Filter> filters = new ArrayList<>();
        do {
            String topic = filter();
            filters.add(new Packet.Filter(topic, options(topic)));
        } while (in.isReadable());
        return new Packet.Subscribe(packetId, properties.has(Properties.SUBSCRIPTION_IDENTIFIER), filters);
    }

    Packet.Unsubscribe unsubscribe() throws FlawedPacket {
        int packetId = Fields.packetId(in);
        if (version5) {
            Properties.read(in, Properties.OF_UNSUBSCRIBE);
        }
        List<String> filters = new ArrayList<>();
        do {
            filters.add(filter());
        } while (in.isReadable());
        return new Packet.Unsubscribe(packetId, filters);
    }

    private String filter() throws FlawedPacket {
        if (!in.isReadable()) {
            throw FlawedPacket.protocol("no topic filter");
        }
        String filter = Fields.text(in);
        if (filter.isEmpty()) {
            throw FlawedPacket.malformed("an empty topic filter");
        }
        return filter;
    }

    private int options(String topic) throws FlawedPacket {
        int options = Fields.octet(in);
        int qos = options & 3;
        if ((options & (version5 ? RESERVED : ~3)) != 0) {
            throw FlawedPacket.malformed("reserved options of a subscription");
        }
        if (qos == 3 || (options & RETAIN_HANDLING) == RETAIN_HANDLING) {
            throw FlawedPacket.protocol("options of a subscription that there are not");
        }
        if ((options & NO_LOCAL) != 0 && topic.startsWith(SHARED)) {
            throw FlawedPacket.protocol("a shared subscription that is not to hear its own");
        }
        return qos;
    }

    Packet.Disconnect disconnect() throws FlawedPacket {
        int reason = reason(GOODBYES);
        Properties properties = properties(Properties.OF_DISCONNECT);
        Fields.end(in);
        return new Packet.Disconnect(reason, properties.number(Properties.SESSION_EXPIRY, -1));
    }

    Packet.Authentication authentication() throws FlawedPacket {
        reason(STEPS);
        properties(Properties.OF_AUTHENTICATION);
        Fields.end(in);
        return new Packet.Authentication();
    }

    Packet.Ping ping() throws FlawedPacket {
        Fields.end(in);
        return new Packet.Ping();
    }
}
