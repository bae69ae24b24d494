package org.anban.gateway.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one packet of MQTT 5 (section 2.2.2): all are checked, and those that are numbers or flags are kept.
 * Texts and user properties are read over: nothing here needs them.
 */
public final class Properties {
    /** None at all. */
    public static final Properties NONE = new Properties(null, 0);

    public static final int PAYLOAD_FORMAT = 0x01;
    public static final int SESSION_EXPIRY = 0x11;
    public static final int AUTHENTICATION_METHOD = 0x15;
    public static final int REQUEST_PROBLEM_INFORMATION = 0x17;
    public static final int WILL_DELAY = 0x18;
    public static final int RECEIVE_MAXIMUM = 0x21;
    public static final int TOPIC_ALIAS = 0x23;
    public static final int MAXIMUM_PACKET_SIZE = 0x27;

    private static final int MESSAGE_EXPIRY = 0x02;
    private static final int CONTENT_TYPE = 0x03;
    private static final int RESPONSE_TOPIC = 0x08;
    private static final int CORRELATION_DATA = 0x09;
    static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
    static final int AUTHENTICATION_DATA = 0x16;
    private static final int REQUEST_RESPONSE_INFORMATION = 0x19;
    private static final int REASON_STRING = 0x1F;
    private static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    private static final int USER_PROPERTY = 0x26;
    private static final int HIGHEST = 0x27;

    private static final long OF_MESSAGE =
            set(PAYLOAD_FORMAT, MESSAGE_EXPIRY, CONTENT_TYPE, RESPONSE_TOPIC, CORRELATION_DATA, USER_PROPERTY);
    static final long OF_CONNECT = set(
            SESSION_EXPIRY,
            AUTHENTICATION_METHOD,
            AUTHENTICATION_DATA,
            REQUEST_PROBLEM_INFORMATION,
            REQUEST_RESPONSE_INFORMATION,
            RECEIVE_MAXIMUM,
            TOPIC_ALIAS_MAXIMUM,
            USER_PROPERTY,
            MAXIMUM_PACKET_SIZE);
    static final long OF_WILL = OF_MESSAGE | set(WILL_DELAY);
    static final long OF_PUBLISH = OF_MESSAGE | set(TOPIC_ALIAS, SUBSCRIPTION_IDENTIFIER);
    static final long OF_ACKNOWLEDGEMENT = set(REASON_STRING, USER_PROPERTY);
    static final long OF_SUBSCRIBE = set(SUBSCRIPTION_IDENTIFIER, USER_PROPERTY);
    static final long OF_UNSUBSCRIBE = set(USER_PROPERTY);
    static final long OF_DISCONNECT = set(SESSION_EXPIRY, REASON_STRING, USER_PROPERTY);
    static final long OF_AUTHENTICATION = set(AUTHENTICATION_METHOD, AUTHENTICATION_DATA, REASON_STRING, USER_PROPERTY);

    private final long @Nullable [] values;
    private long seen;

    private Properties(long @Nullable [] values, long seen) {
        this.values = values;
        this.seen = seen;
    }

    private static long set(int... identifiers) {
        long set = 0;
        for (int identifier : identifiers) {
            set |= 1L << identifier;
        }
        return set;
    }

    /** Reads the properties that come next, with their length. */
    static Properties read(ByteBuf in, long allowed) throws FlawedPacket {
        int length = Fields.variable(in);
        if (length == 0) {
            return NONE;
        }
        if (length > in.readableBytes()) {
            throw FlawedPacket.malformed("more properties than packet");
        }
        ByteBuf part = in.readSlice(length);
        Properties properties = new Properties(new long[HIGHEST + 1], 0);
        while (part.isReadable()) {
            properties.readOne(part, allowed);
        }
        return properties;
    }

    private void readOne(ByteBuf in, long allowed) throws FlawedPacket {
        int identifier = Fields.variable(in);
        if (identifier > HIGHEST || (allowed & 1L << identifier) == 0) {
            throw FlawedPacket.malformed("property " + identifier + " is not for this packet");
        }
        if (has(identifier) && identifier != USER_PROPERTY) {
            throw FlawedPacket.protocol("property " + identifier + " twice");
        }
        seen |= 1L << identifier;
        long value = value(identifier, in);
        if (values != null) {
            values[identifier] = value;
        }
    }

    private static long value(int identifier, ByteBuf in) throws FlawedPacket {
        return switch (identifier) {
            case PAYLOAD_FORMAT, REQUEST_PROBLEM_INFORMATION, REQUEST_RESPONSE_INFORMATION ->
                flag(Fields.octet(in), identifier);
            case MESSAGE_EXPIRY, SESSION_EXPIRY, WILL_DELAY -> Fields.four(in);
            case MAXIMUM_PACKET_SIZE -> positive(Fields.four(in), identifier);
            case RECEIVE_MAXIMUM -> positive(Fields.two(in), identifier);
            case TOPIC_ALIAS, TOPIC_ALIAS_MAXIMUM -> Fields.two(in);
            case SUBSCRIPTION_IDENTIFIER -> positive(Fields.variable(in), identifier);
            case CORRELATION_DATA, AUTHENTICATION_DATA -> Fields.skipBinary(in);
            case RESPONSE_TOPIC -> withoutWildcards(Fields.text(in));
            case USER_PROPERTY -> Fields.text(in).length() + Fields.text(in).length();
            default -> Fields.text(in).length();
        };
    }

    private static long flag(int value, int identifier) throws FlawedPacket {
        if (value > 1) {
            throw FlawedPacket.protocol("property " + identifier + " is neither 0 nor 1");
        }
        return value;
    }

    private static long positive(long value, int identifier) throws FlawedPacket {
        if (value == 0) {
            throw FlawedPacket.protocol("property " + identifier + " is 0");
        }
        return value;
    }

    private static long withoutWildcards(String topic) throws FlawedPacket {
        if (Fields.hasWildcard(topic)) {
            throw FlawedPacket.protocol("a response topic with a wildcard");
        }
        return topic.length();
    }

    public boolean has(int identifier) {
        return (seen & 1L << identifier) != 0;
    }

    /** The value of a number or a flag. */
    public long number(int identifier, long otherwise) {
        return values != null && has(identifier) ? values[identifier] : otherwise;
    }
}
