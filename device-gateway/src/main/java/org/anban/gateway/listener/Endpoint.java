package org.anban.gateway.listener;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.anban.contracts.error.CareException;

/**
 * An address that devices connect to.
 *
 * @param host address to listen on
 * @param port 0 for any that is free
 */
public record Endpoint(Kind kind, String host, int port) {
    /** What is spoken below MQTT. */
    public enum Kind {
        TCP("MQTT", "tcp", false, false),
        TLS("MQTT over TLS", "ssl", true, false),
        WEBSOCKET("MQTT over WebSocket", "ws", false, true),
        SECURE_WEBSOCKET("MQTT over WebSocket and TLS", "wss", true, true);

        private final String title;
        private final String scheme;
        private final boolean secure;
        private final boolean web;

        Kind(String title, String scheme, boolean secure, boolean web) {
            this.title = title;
            this.scheme = scheme;
            this.secure = secure;
            this.web = web;
        }

        /** As clients' addresses begin. */
        public String scheme() {
            return scheme;
        }

        public boolean isSecure() {
            return secure;
        }

        boolean isWeb() {
            return web;
        }

        /** For people. */
        @Override
        public String toString() {
            return title;
        }
    }

    private static final int LAST_PORT = 65_535;

    public Endpoint {
        if (port < 0 || port > LAST_PORT) {
            throw CareException.invalid("mqtt: a port below 65536");
        }
    }

    /** Whether nobody outside of this machine can reach it. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return kind + " on " + host + ":" + port;
    }
}
