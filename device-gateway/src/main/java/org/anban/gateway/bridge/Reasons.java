package org.anban.gateway.bridge;

import org.eclipse.paho.mqttv5.common.MqttException;

/** What brokers mean, in words for the person who mends it. */
final class Reasons {
    private static final int FIRST_OF_MQTT = 0x80;
    private static final int LAST_OF_MQTT = 0xFF;

    private Reasons() {}

    static String of(MqttException exception) {
        int code = exception.getReasonCode();
        if (code >= FIRST_OF_MQTT && code <= LAST_OF_MQTT) {
            return of(code);
        }
        Throwable cause = exception.getCause();
        return cause == null ? String.valueOf(exception.getMessage()) : cause.toString();
    }

    static String of(int code) {
        String words =
                switch (code) {
                    case 0x85 -> "it does not accept our client id";
                    case 0x86 -> "wrong user or password";
                    case 0x87 -> "not authorised";
                    case 0x88, 0x89 -> "it is not available now";
                    case 0x8B -> "it shuts down";
                    case 0x8D -> "keep alive time-out";
                    case 0x8E -> "another client with our id took over: each database needs a group of its own";
                    case 0x8F -> "it does not accept a topic filter";
                    case 0x93 -> "receive maximum exceeded";
                    case 0x95 -> "packet too large";
                    case 0x97 -> "quota exceeded";
                    case 0x9E -> "it knows no shared subscriptions: switch them off";
                    case 0xA2 -> "it knows no wildcards in subscriptions";
                    default -> "";
                };
        String number = String.format("0x%02X", code);
        return words.isEmpty() ? "the broker says " + number : words + " (" + number + ")";
    }
}
