package org.anban.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.Standing;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.platform.device.Device;
import org.anban.platform.register.Register;
import org.anban.platform.resident.Resident;

/** Devices for measurements and tests of death: {@code load-00000} …, each bound to a resident of the same id. */
record LoadDevices(AnbanSystem system, Path home) {
    private static final Instant BEGAN = Instant.parse("2025-01-01T00:00:00Z");
    private static final DeviceModel MODEL = new DeviceModel("watch", "load", true, Duration.ofDays(1));

    void register(int count) {
        Map<String, String> known = known();
        List<JsonObject> devices = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    String id = String.format(Locale.ROOT, "load-%05d", i);
                    String key = known.get(id);
                    return new JsonObject().put("id", id).put("key", key == null ? add(id) : key);
                })
                .toList();
        try {
            Path fresh = Files.writeString(home.resolve("load-devices.new"), new JsonArray(devices).encode());
            Files.move(
                    fresh,
                    home.resolve("load-devices.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String add(String id) {
        Register register = system.platform().register();
        DeviceId device = new DeviceId(id);
        register.add(new Resident(
                id,
                new Resident.Details(id, null, Resident.Sex.UNKNOWN, ""),
                null,
                new Resident.Standing(SubjectStatus.HOME, BEGAN),
                List.of(),
                null));
        register.add(new Device(device, MODEL, Standing.IN_USE, null));
        register.bind(device, new Binding(SubjectId.resident(id), BEGAN, null));
        return system.gateway().credentials().issue(device);
    }

    private Map<String, String> known() {
        Path file = home.resolve("load-devices.json");
        Map<String, String> keys = new HashMap<>();
        if (Files.exists(file)) {
            try {
                new JsonArray(Files.readString(file)).forEach(item -> {
                    JsonObject device = (JsonObject) item;
                    keys.put(device.getString("id"), device.getString("key"));
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return keys;
    }
}
