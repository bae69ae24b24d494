package org.anban.gateway.mqtt;

import java.util.List;
import org.anban.contracts.error.CareException;
import org.anban.gateway.listener.Endpoint;
import org.anban.gateway.packet.Limits;
import org.anban.kit.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * Where devices connect, and what a connection may do.
 *
 * @param endpoints at least one; the first is {@link MqttServer#port()}
 * @param tls where the certificate is; null if no endpoint is secure
 * @param eventLoops how many event loops share the connections
 */
public record MqttConfig(List<Endpoint> endpoints, @Nullable TlsFiles tls, int eventLoops, Limits limits) {
    public MqttConfig {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty() || eventLoops < 1) {
            throw CareException.invalid("mqtt: at least one port and one event loop");
        }
        if (tls == null && endpoints.stream().anyMatch(e -> e.kind().isSecure())) {
            throw CareException.invalid("mqtt: TLS without a certificate");
        }
    }

    /** One port without TLS, on this machine only. */
    public static MqttConfig local(int port, Limits limits) {
        return new MqttConfig(List.of(new Endpoint(Endpoint.Kind.TCP, "127.0.0.1", port)), null, 2, limits);
    }

    /** The same with the default limits. */
    public static MqttConfig local(int port) {
        return local(port, Limits.DEFAULT);
    }
}
