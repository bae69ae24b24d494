package org.anban.gateway.mqtt;

import java.util.List;
import org.anban.contracts.error.CareException;
import org.anban.gateway.listener.Endpoint;
import org.anban.gateway.packet.Limits;

/**
 * Where devices connect, and what a connection may do.
 *
 * @param endpoints at least one; the first is {@link MqttServer#port}
 * @param eventLoops how many event loops share the connections
 */
public record MqttConfig(List<Endpoint> endpoints, int eventLoops, Limits limits) {
    public MqttConfig {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty() || eventLoops < 1) {
            throw CareException.invalid("mqtt: at least one port and one event loop");
        }
    }

    /** One port without TLS, on this machine only. */
    public static MqttConfig local(int port, Limits limits) {
        return new MqttConfig(List.of(new Endpoint(Endpoint.Kind.TCP, "127.0.0.1", port)), 2, limits);
    }

    /** The same with the default limits. */
    public static MqttConfig local(int port) {
        return local(port, Limits.DEFAULT);
    }
}
