package org.anban.gateway.admission;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import java.nio.charset.StandardCharsets;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.gateway.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT says, apart from MQTT's types.
 *
 * @param clean begin a new session
 * @param expirySeconds how long the session outlives the connection
 * @param keepAliveSeconds 0 for none
 * @param receiveMaximum how many unacknowledged commands the device takes at once
 * @param certified the device whose certificate was verified below MQTT; null without one
 */
public record Greeting(
        String clientId,
        String userName,
        String key,
        boolean version5,
        boolean clean,
        long expirySeconds,
        int keepAliveSeconds,
        int receiveMaximum,
        boolean hasAuthenticationMethod,
        @Nullable String certified) {
    private static final int COMMANDS_AT_ONCE = 16;

    public static Greeting of(MqttConnectMessage connect, @Nullable String certified) {
        MqttConnectVariableHeader header = connect.variableHeader();
        MqttProperties properties = header.properties();
        boolean version5 = header.version() == 5;
        byte[] key = connect.payload().passwordInBytes();
        String userName = connect.payload().userName();
        return new Greeting(
                connect.payload().clientIdentifier(),
                userName == null ? "" : userName,
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                version5,
                header.isCleanSession(),
                expiry(header, properties, version5),
                header.keepAliveTimeSeconds(),
                Math.min(COMMANDS_AT_ONCE, number(properties, MqttProperties.RECEIVE_MAXIMUM, COMMANDS_AT_ONCE)),
                properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) != null,
                certified);
    }

    private static long expiry(MqttConnectVariableHeader header, MqttProperties properties, boolean version5) {
        if (version5) {
            return number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0) & 0xFFFF_FFFFL;
        }
        return header.isCleanSession() ? 0 : Session.NEVER_EXPIRES;
    }

    private static int number(MqttProperties properties, int id, int otherwise) {
        MqttProperty<?> property = properties.getProperty(id);
        return property != null && property.value() instanceof Integer value ? value : otherwise;
    }

    /** The device it says it is, or why it cannot be one. */
    public @Nullable Refusal problem() {
        if (hasAuthenticationMethod) {
            return Refusal.AUTHENTICATION_METHOD;
        }
        if (certified != null && !certified.equals(clientId)) {
            return Refusal.OTHERS_CERTIFICATE;
        }
        if (certified == null && (userName.isEmpty() || key.isEmpty())) {
            return Refusal.WITHOUT_KEY;
        }
        try {
            boolean same = new DeviceId(clientId).value().equals(userName);
            return same || isCertified() && userName.isEmpty() ? null : Refusal.CLIENT_ID;
        } catch (CareException e) {
            return Refusal.CLIENT_ID;
        }
    }

    /** Whether a certificate has proved that it is the device that it says it is. */
    public boolean isCertified() {
        return clientId.equals(certified);
    }

    public DeviceId device() {
        return new DeviceId(clientId);
    }

    @Override
    public String toString() {
        return "Greeting[" + clientId + ']'; // never the key
    }
}
