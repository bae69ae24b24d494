package org.anban.simulator.wire;

import java.util.Locale;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Reason codes of MQTT 5 (OASIS, section 2.4) in words. */
final class Reasons {
    static final int SESSION_TAKEN_OVER = 0x8E;
    private static final int CLIENT_SIDE = 0;
    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(0x80, "unspecified error"),
            Map.entry(0x82, "protocol error"),
            Map.entry(0x83, "not for this implementation"),
            Map.entry(0x85, "client id not valid"),
            Map.entry(0x86, "bad user name or password"),
            Map.entry(0x87, "not authorised"),
            Map.entry(0x88, "server unavailable"),
            Map.entry(0x89, "server busy"),
            Map.entry(0x8A, "banned"),
            Map.entry(0x8B, "server shutting down"),
            Map.entry(0x8C, "bad authentication method"),
            Map.entry(0x8D, "keep alive timeout"),
            Map.entry(SESSION_TAKEN_OVER, "somebody else connected as this device"),
            Map.entry(0x90, "topic name invalid"),
            Map.entry(0x95, "packet too large"),
            Map.entry(0x96, "message rate too high"),
            Map.entry(0x97, "quota exceeded"),
            Map.entry(0x99, "payload format invalid"));

    private Reasons() {}

    static int first(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? 0 : codes[0];
    }

    static int of(Throwable cause) {
        return cause instanceof MqttException mqtt ? mqtt.getReasonCode() : CLIENT_SIDE;
    }

    /** Whether the code came over the wire, and is none of Paho's own. */
    static boolean ofServer(int code) {
        return code >= 0x80 && code <= 0xFF;
    }

    static boolean refusesForGood(int code) {
        return code == 0x85 || code == 0x86 || code == 0x87 || code == 0x8A || code == 0x8C;
    }

    static String text(int code) {
        if (!ofServer(code)) {
            return "connection lost";
        }
        String text = TEXTS.get(code);
        return text == null ? String.format(Locale.ROOT, "reason code 0x%02X", code) : text;
    }
}
