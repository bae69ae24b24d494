package org.anban.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anban.gateway.listener.Endpoint;
import org.anban.kit.config.Settings;
import org.anban.kit.config.StartException;
import org.anban.kit.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * The ports that we are reached at.
 *
 * @param host of those without TLS ({@code CARE_HOST}, default 127.0.0.1)
 * @param httpPort {@code CARE_HTTP_PORT}, default 8080
 * @param mqttPort {@code CARE_MQTT_PORT}, default 1883; 0 for none
 * @param webSocketPort {@code CARE_WS_PORT}; 0 for none
 * @param secure those with TLS, if there are any
 */
record Doors(String host, int httpPort, int mqttPort, int webSocketPort, @Nullable Secure secure) {
    /**
     * Ports with TLS; 0 for none.
     *
     * @param host {@code CARE_TLS_HOST}, default that of the others
     * @param mqttPort {@code CARE_MQTTS_PORT}
     * @param webSocketPort {@code CARE_WSS_PORT}
     * @param httpPort {@code CARE_HTTPS_PORT}
     * @param files {@code CARE_TLS_CERTIFICATE}, {@code CARE_TLS_KEY}; for devices {@code CARE_TLS_CLIENT_CA},
     *     {@code CARE_TLS_CLIENT_CRL}, {@code CARE_TLS_CLIENT} ({@code optional}, {@code required})
     */
    record Secure(String host, int mqttPort, int webSocketPort, int httpPort, TlsFiles files) {}

    private record Named(String variable, String host, int port) {}

    Doors {
        if (mqttPort + webSocketPort == 0 && (secure == null || secure.mqttPort() + secure.webSocketPort() == 0)) {
            throw new StartException(
                    "no port for devices: set one of CARE_MQTT_PORT, CARE_MQTTS_PORT, CARE_WS_PORT, CARE_WSS_PORT");
        }
    }

    static Doors of(Settings settings) {
        Doors doors = new Doors(
                settings.optional("CARE_HOST").orElse("127.0.0.1"),
                settings.port("CARE_HTTP_PORT", 8080),
                settings.port("CARE_MQTT_PORT", 1883),
                settings.port("CARE_WS_PORT", 0),
                secure(settings));
        String plain = settings.optional("CARE_MQTT_PLAIN").orElse("");
        if (!plain.isEmpty() && !plain.equals("allow")) {
            throw new StartException("CARE_MQTT_PLAIN=" + plain + " is not \"allow\"");
        }
        if (plain.isEmpty()) {
            doors.refusePlain(doors.mqttPort, "CARE_MQTT_PORT", "CARE_MQTTS_PORT");
            doors.refusePlain(doors.webSocketPort, "CARE_WS_PORT", "CARE_WSS_PORT");
        }
        return doors;
    }

    private void refusePlain(int port, String variable, String better) {
        if (port != 0 && !isLoopback(host)) {
            throw new StartException("CARE_HOST=" + host + ": devices' keys could be read on the way to port " + port
                    + ", which has no TLS; set " + better + " and " + variable + "=0, or CARE_MQTT_PLAIN=allow");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartException("CARE_HOST=" + host + " is no address of this machine", e);
        }
    }

    private static @Nullable Secure secure(Settings settings) {
        int mqtt = settings.port("CARE_MQTTS_PORT", 0);
        int webSocket = settings.port("CARE_WSS_PORT", 0);
        int http = settings.port("CARE_HTTPS_PORT", 0);
        if (mqtt + webSocket + http == 0) {
            if (settings.optional("CARE_TLS_CERTIFICATE").isPresent()) {
                throw new StartException("CARE_TLS_CERTIFICATE is set, but none of CARE_MQTTS_PORT, CARE_WSS_PORT and"
                        + " CARE_HTTPS_PORT: nothing would have TLS");
            }
            return null;
        }
        String host = settings.optional("CARE_TLS_HOST")
                .or(() -> settings.optional("CARE_HOST"))
                .orElse("127.0.0.1");
        TlsFiles files = new TlsFiles(
                Path.of(settings.require("CARE_TLS_CERTIFICATE")),
                Path.of(settings.require("CARE_TLS_KEY")),
                clients(settings));
        return new Secure(host, mqtt, webSocket, http, files);
    }

    private static TlsFiles.@Nullable Clients clients(Settings settings) {
        Optional<String> authority = settings.optional("CARE_TLS_CLIENT_CA");
        Optional<String> revoked = settings.optional("CARE_TLS_CLIENT_CRL");
        Optional<String> wanted = settings.optional("CARE_TLS_CLIENT");
        if (authority.isEmpty()) {
            if (revoked.isPresent() || wanted.isPresent()) {
                throw new StartException("CARE_TLS_CLIENT_CA is not set: whose certificates should devices have?");
            }
            return null;
        }
        boolean required =
                switch (wanted.orElse("optional")) {
                    case "optional" -> false;
                    case "required" -> true;
                    default ->
                        throw new StartException(
                                "CARE_TLS_CLIENT=" + wanted.orElse("") + " is neither optional nor required");
                };
        return new TlsFiles.Clients(
                Path.of(authority.get()), revoked.map(Path::of).orElse(null), required);
    }

    /** For devices, the plainest first. */
    List<Endpoint> endpoints() {
        List<Endpoint> all = new ArrayList<>(List.of(
                new Endpoint(Endpoint.Kind.TCP, host, mqttPort),
                new Endpoint(Endpoint.Kind.WEBSOCKET, host, webSocketPort)));
        if (secure != null) {
            all.add(new Endpoint(Endpoint.Kind.TLS, secure.host(), secure.mqttPort()));
            all.add(new Endpoint(Endpoint.Kind.SECURE_WEBSOCKET, secure.host(), secure.webSocketPort()));
        }
        return all.stream().filter(endpoint -> endpoint.port() != 0).toList();
    }

    /** For devices; null if none of their ports has TLS. */
    @Nullable
    TlsFiles deviceTls() {
        boolean needed = endpoints().stream().anyMatch(e -> e.kind().isSecure());
        return secure != null && needed ? secure.files() : null;
    }

    AnbanSystem.@Nullable Https https() {
        return secure == null || secure.httpPort() == 0
                ? null
                : new AnbanSystem.Https(
                        secure.host(),
                        secure.httpPort(),
                        new TlsFiles(
                                secure.files().certificate(), secure.files().key(), null));
    }

    /** Tells of a taken port before anything slow is started. */
    void requireFree() {
        List<Named> all = new ArrayList<>(List.of(
                new Named("CARE_HTTP_PORT", host, httpPort),
                new Named("CARE_MQTT_PORT", host, mqttPort),
                new Named("CARE_WS_PORT", host, webSocketPort)));
        if (secure != null) {
            all.add(new Named("CARE_MQTTS_PORT", secure.host(), secure.mqttPort()));
            all.add(new Named("CARE_WSS_PORT", secure.host(), secure.webSocketPort()));
            all.add(new Named("CARE_HTTPS_PORT", secure.host(), secure.httpPort()));
        }
        all.stream().filter(one -> one.port() != 0).forEach(Doors::requireFree);
    }

    private static void requireFree(Named one) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(one.host(), one.port()));
        } catch (IOException e) {
            throw new StartException(
                    "port " + one.port() + " of " + one.host() + " cannot be used (" + e.getMessage() + "); set "
                            + one.variable() + " to another",
                    e);
        }
    }
}
