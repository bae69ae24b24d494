package org.anban.gateway.packet;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnAckPropertiesBuilder;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anban.gateway.admission.Greeting;
import org.anban.gateway.admission.Refusal;

/** The packets that we send, in the form of one version of MQTT. */
public record Packets(boolean version5) {
    public static final MqttMessage PINGRESP = new MqttMessage(header(MqttMessageType.PINGRESP));

    public MqttConnAckMessage refused(Refusal refusal) {
        return connAck(refusal.code(version5), false, MqttProperties.NO_PROPERTIES);
    }

    public MqttConnAckMessage accepted(Greeting greeting, boolean sessionPresent, Limits limits) {
        if (!version5) {
            return connAck((byte) 0, sessionPresent, MqttProperties.NO_PROPERTIES);
        }
        ConnAckPropertiesBuilder properties = new ConnAckPropertiesBuilder()
                .receiveMaximum(limits.inFlight())
                .maximumPacketSize(limits.packetBytes())
                .topicAliasMaximum(limits.topicAliases())
                .wildcardSubscriptionAvailable(false)
                .sharedSubscriptionAvailable(false)
                .subscriptionIdentifiersAvailable(false);
        int longest = (int) Math.min(65_535, limits.longestKeepAlive().toSeconds());
        if (greeting.keepAliveSeconds() == 0 || greeting.keepAliveSeconds() > longest) {
            properties.serverKeepAlive(longest);
        }
        return connAck((byte) 0, sessionPresent, properties.build());
    }

    private static MqttConnAckMessage connAck(byte code, boolean sessionPresent, MqttProperties properties) {
        return new MqttConnAckMessage(
                header(MqttMessageType.CONNACK),
                new MqttConnAckVariableHeader(MqttConnectReturnCode.valueOf(code), sessionPresent, properties));
    }

    public MqttMessage disconnect(Fault fault) {
        return new MqttMessage(
                header(MqttMessageType.DISCONNECT),
                new MqttReasonCodeAndPropertiesVariableHeader(fault.code(), MqttProperties.NO_PROPERTIES));
    }

    public MqttMessage pubComp(int packetId, boolean known) {
        MqttMessageIdVariableHeader variable = version5 && !known
                ? new MqttPubReplyMessageVariableHeader(packetId, (byte) 0x92, MqttProperties.NO_PROPERTIES)
                : MqttMessageIdVariableHeader.from(packetId);
        return new MqttMessage(header(MqttMessageType.PUBCOMP), variable);
    }

    public MqttSubAckMessage subAck(int packetId, List<Integer> codes) {
        return new MqttSubAckMessage(
                header(MqttMessageType.SUBACK),
                new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
                new MqttSubAckPayload(codes));
    }

    public MqttUnsubAckMessage unsubAck(int packetId, List<Short> codes) {
        return new MqttUnsubAckMessage(
                header(MqttMessageType.UNSUBACK),
                new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
                new MqttUnsubAckPayload(codes));
    }

    public MqttPublishMessage command(String topic, int packetId, String payload, boolean again) {
        return new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, again, MqttQoS.AT_LEAST_ONCE, false, 0),
                new MqttPublishVariableHeader(topic, packetId),
                Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8)));
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }
}
