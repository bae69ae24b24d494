package org.anban.gateway.mqtt;

import org.anban.contracts.error.CareException;
import org.anban.gateway.packet.Limits;

/**
 * The MQTT listener. It is without TLS, so by default it is bound to this machine only.
 *
 * @param host address to listen on
 * @param port 0 for any that is free
 * @param eventLoops how many event loops share the port
 */
public record MqttConfig(String host, int port, int eventLoops, Limits limits) {
    public MqttConfig {
        if (port < 0 || port > 65_535 || eventLoops < 1) {
            throw CareException.invalid("mqtt: a port below 65536 and at least one event loop");
        }
    }

    /** On this machine only, with the default limits. */
    public static MqttConfig local(int port) {
        return new MqttConfig("127.0.0.1", port, 2, Limits.DEFAULT);
    }
}
