package org.anban.simulator.wire;

import java.net.URI;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Who connects where, and what else the device does.
 *
 * @param broker {@code mqtt://host:port}, or {@code mqtts}, {@code ws}, {@code wss}
 * @param keepAway asked before each connect: somebody else plays this device at the moment
 * @param commands takes what comes on the command topic; on a thread of the client, so it must not block
 */
public record LinkSettings(URI broker, String id, String key, BooleanSupplier keepAway, Consumer<byte[]> commands) {
    public static LinkSettings of(URI broker, String id, String key) {
        return new LinkSettings(broker, id, key, () -> false, command -> {});
    }

    /** As Paho wants it. */
    String serverUri() {
        String text = broker.toString();
        return switch (broker.getScheme() == null ? "" : broker.getScheme()) {
            case "mqtt" -> "tcp" + text.substring("mqtt".length());
            case "mqtts" -> "ssl" + text.substring("mqtts".length());
            default -> text;
        };
    }

    String topic(String leaf) {
        return "care/v1/" + id + "/" + leaf;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return id + " at " + broker;
    }
}
