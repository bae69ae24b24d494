package org.anban.launcher;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code demo.json}: what the demo prints, for programs. It holds passwords and device keys of a demonstration, so it
 * is readable by its owner only.
 */
record DemoFile(
        String httpUrl,
        String mqttUrl,
        Login operator,
        Login supervisor,
        Login family,
        Map<String, String> passwords,
        List<Device> devices) {
    /** A demo login. */
    record Login(String username, String password) {
        JsonObject toJson() {
            return new JsonObject().put("username", username).put("password", password);
        }
    }

    /** A demo device with its key. */
    record Device(String id, String key, String kind, String subject) {
        JsonObject toJson() {
            return new JsonObject()
                    .put("id", id)
                    .put("key", key)
                    .put("kind", kind)
                    .put("subject", subject);
        }
    }

    static Path in(Path home) {
        return home.resolve("demo.json");
    }

    /** What an earlier start wrote: passwords by user name and keys by device. Empty if there is no usable file. */
    static Optional<Secrets> readSecrets(Path home) {
        try {
            JsonObject json = new JsonObject(Files.readString(in(home)));
            Map<String, String> passwords = new LinkedHashMap<>();
            json.getJsonObject("passwords", new JsonObject())
                    .forEach(e -> passwords.put(e.getKey(), String.valueOf(e.getValue())));
            Map<String, String> keys = new LinkedHashMap<>();
            for (Object item : json.getJsonArray("devices", new JsonArray())) {
                JsonObject device = (JsonObject) item;
                keys.put(device.getString("id"), device.getString("key"));
            }
            return Optional.of(new Secrets(passwords, keys));
        } catch (IOException | DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** What must stay the same from one start to the next. */
    record Secrets(Map<String, String> passwords, Map<String, String> keys) {}

    /** Written whole or not at all. */
    void write(Path home) throws IOException {
        JsonArray list = new JsonArray();
        devices.forEach(d -> list.add(d.toJson()));
        JsonObject all = new JsonObject();
        passwords.forEach(all::put);
        JsonObject json = new JsonObject()
                .put("httpUrl", httpUrl)
                .put("mqttUrl", mqttUrl)
                .put("operator", operator.toJson())
                .put("supervisor", supervisor.toJson())
                .put("family", family.toJson())
                .put("passwords", all)
                .put("devices", list);
        Path fresh = Files.createTempFile(
                home,
                "demo",
                ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, json.encodePrettily() + "\n");
        Files.move(fresh, in(home), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
