package org.anban.gateway.codec;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a device can send. */
public sealed interface Packet {
    /** Lets go of the bytes that it holds, if it holds any. */
    default void release() {}

    /**
     * @param version 4 for MQTT 3.1.1, else 5
     * @param will null if there is none
     */
    record Connect(
            int version,
            String clientId,
            @Nullable String userName,
            byte @Nullable [] password,
            boolean clean,
            int keepAliveSeconds,
            Properties properties,
            @Nullable Will will)
            implements Packet {
        @Override
        public String toString() {
            return "Connect[" + clientId + ']'; // never the password
        }
    }

    /** What is to be said when the connection is lost. Its payload is read and not kept. */
    record Will(String topic, long delaySeconds) {}

    /**
     * @param topic empty where an alias stands for it
     * @param packetId 0 at QoS 0
     * @param alias -1 if there is none
     */
    record Publish(String topic, int qos, boolean again, int packetId, int alias, ByteBuf payload) implements Packet {
        @Override
        public void release() {
            payload.release();
        }
    }

    /** PUBACK, PUBREC, PUBREL or PUBCOMP. */
    record Acknowledgement(Type type, int packetId, int reason) implements Packet {
        /** Which one. */
        public enum Type {
            PUBACK,
            PUBREC,
            PUBREL,
            PUBCOMP
        }

        public boolean isRefusal() {
            return reason >= 0x80;
        }
    }

    /** @param identified it came with a subscription identifier */
    record Subscribe(int packetId, boolean identified, List<Filter> filters) implements Packet {}

    /** One topic filter and the highest quality of service that is asked for. */
    record Filter(String topic, int qos) {}

    record Unsubscribe(int packetId, List<String> filters) implements Packet {}

    /** @param expirySeconds another expiry for the session, or -1 */
    record Disconnect(int reason, long expirySeconds) implements Packet {}

    record Ping() implements Packet {}

    /** A step of an authentication in several steps. */
    record Authentication() implements Packet {}

    /** A packet that only a server sends, or one that came before CONNECT. */
    record OutOfPlace(int type) implements Packet {}

    /**
     * The last that is read of a connection.
     *
     * @param version that of the connection, as far as it is known; else 0
     */
    record Broken(Flaw flaw, int version, String detail) implements Packet {}
}
