package org.anban.simulator.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.anban.simulator.SimulatorException;

/** {@code demo.json}, which a started demo leaves in its {@code CARE_HOME}. */
public record DemoFile(
        URI httpUrl, URI mqttUrl, Login operator, Login supervisor, Login family, List<DemoDevice> devices) {
    private static final JsonMapper JSON = new JsonMapper();

    public DemoFile {
        devices = List.copyOf(devices);
    }

    /** @throws SimulatorException when it is not there or lacks something, which is named */
    public static DemoFile read(Path careHome) {
        Path file = careHome.resolve("demo.json");
        try {
            return of(JSON.readTree(Files.readAllBytes(file)), file);
        } catch (NoSuchFileException e) {
            throw new SimulatorException("no " + file + ": start the demo first, or set CARE_HOME", e);
        } catch (JsonProcessingException e) {
            throw new SimulatorException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new SimulatorException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** @throws SimulatorException when there is none of that id */
    public DemoDevice device(String id) {
        return devices.stream()
                .filter(device -> device.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    public List<DemoDevice> devices(Predicate<DemoDevice> wanted) {
        return devices.stream().filter(wanted).toList();
    }

    private SimulatorException unknown(String id) {
        List<String> some = devices.stream().map(DemoDevice::id).limit(5).toList();
        return new SimulatorException("the demo has no device " + id + "; it has " + String.join(", ", some)
                + (devices.size() > some.size() ? ", … (" + devices.size() + " in all)" : ""));
    }

    private static DemoFile of(JsonNode root, Path file) {
        List<DemoDevice> devices = new ArrayList<>();
        for (JsonNode each : field(root, "devices", file)) {
            devices.add(new DemoDevice(
                    text(each, "id", file),
                    text(each, "key", file),
                    text(each, "kind", file),
                    each.path("subject").asText("")));
        }
        return new DemoFile(
                address(root, "httpUrl", file),
                address(root, "mqttUrl", file),
                login(root, "operator", file),
                login(root, "supervisor", file),
                login(root, "family", file),
                devices);
    }

    private static Login login(JsonNode root, String name, Path file) {
        JsonNode login = field(root, name, file);
        return new Login(text(login, "username", file), text(login, "password", file));
    }

    private static URI address(JsonNode root, String name, Path file) {
        try {
            return URI.create(text(root, name, file));
        } catch (IllegalArgumentException e) {
            throw new SimulatorException(file + ": " + name + " is no address", e);
        }
    }

    private static String text(JsonNode node, String name, Path file) {
        JsonNode value = field(node, name, file);
        if (!value.isTextual()) {
            throw new SimulatorException(file + ": " + name + " is no text");
        }
        return value.asText();
    }

    private static JsonNode field(JsonNode node, String name, Path file) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new SimulatorException(file + ": " + name + " is missing");
        }
        return value;
    }
}
