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
        TCP("MQTT");

        private final String title;

        Kind(String title) {
            this.title = title;
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
