package org.anban.launcher;

import java.nio.file.Path;
import java.util.Map;
import org.anban.kit.config.StartException;

/**
 * What the environment says.
 *
 * @param home where data, keys and the embedded database live ({@code CARE_HOME}, default {@code .care})
 * @param host the address that both ports bind to ({@code CARE_HOST}, default loopback)
 * @param httpPort {@code CARE_HTTP_PORT}, default 8080
 * @param mqttPort {@code CARE_MQTT_PORT}, default 1883
 */
record Settings(Path home, String host, int httpPort, int mqttPort) {
    static Settings of(Map<String, String> environment) {
        return new Settings(
                Path.of(environment.getOrDefault("CARE_HOME", ".care"))
                        .toAbsolutePath()
                        .normalize(),
                environment.getOrDefault("CARE_HOST", "127.0.0.1"),
                port(environment, "CARE_HTTP_PORT", 8080),
                port(environment, "CARE_MQTT_PORT", 1883));
    }

    private static int port(Map<String, String> environment, String name, int otherwise) {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below, with the name of the variable
        }
        throw new StartException(name + "=" + text + " is no port: expected 0 to 65535");
    }
}
