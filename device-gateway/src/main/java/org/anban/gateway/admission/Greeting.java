package org.anban.gateway.admission;

import java.nio.charset.StandardCharsets;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.gateway.codec.Packet;
import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT says.
 *
 * @param clientId who it is; the user name, or the certificate's device, where it left the client id to us
 * @param assigned whether it left it to us
 * @param certified the device whose certificate was verified below MQTT; null without one
 */
public record Greeting(
        String clientId,
        boolean assigned,
        String userName,
        String key,
        Demands demands,
        Packet.@Nullable Will will,
        @Nullable String certified) {
    /** No key that we issue is longer; thousands may wait to be checked. */
    private static final int LONGEST_KEY = 512;

    public static Greeting of(Packet.Connect connect, @Nullable String certified) {
        byte[] key = connect.password();
        String userName = connect.userName() == null ? "" : connect.userName();
        Demands demands = Demands.of(connect);
        boolean assigned = connect.clientId().isEmpty() && (demands.version5() || demands.clean());
        String named = userName.isEmpty() && certified != null ? certified : userName;
        return new Greeting(
                assigned ? named : connect.clientId(),
                assigned,
                userName,
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                demands,
                connect.will(),
                certified);
    }

    public boolean version5() {
        return demands.version5();
    }

    public boolean clean() {
        return demands.clean();
    }

    public long expirySeconds() {
        return demands.expirySeconds();
    }

    public int keepAliveSeconds() {
        return demands.keepAliveSeconds();
    }

    public int receiveMaximum() {
        return demands.receiveMaximum();
    }

    public long mostBytes() {
        return demands.mostBytes();
    }

    public boolean explains() {
        return demands.explains();
    }

    /** Why this cannot be a device that speaks of itself, if so. */
    public @Nullable Refusal problem() {
        if (demands.hasAuthenticationMethod()) {
            return Refusal.AUTHENTICATION_METHOD;
        }
        if (clientId.isEmpty() && !assigned) {
            return Refusal.CLIENT_ID;
        }
        if (certified != null && !certified.equals(clientId)) {
            return Refusal.OTHERS_CERTIFICATE;
        }
        if (certified == null && (userName.isEmpty() || key.isEmpty() || key.length() > LONGEST_KEY)) {
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
