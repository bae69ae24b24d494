package org.anban.launcher.journey.guard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every operation of the public API, as the contracts describe it. */
final class Contracts {
    private static final List<String> FILES = List.of("care-platform", "alert-service", "device-gateway");

    private Contracts() {}

    /**
     * One operation.
     *
     * @param path below {@code /api/v1}, with its parameters in braces
     * @param parameters of the path, in order
     * @param body the schema of its JSON body; empty if it has none
     */
    record Operation(String id, String method, String path, List<String> parameters, JsonObject body) {
        boolean hasBody() {
            return !body.isEmpty();
        }

        List<String> requiredFields() {
            return body.getJsonArray("required", new JsonArray()).stream()
                    .map(String::valueOf)
                    .toList();
        }

        JsonObject field(String name) {
            return body.getJsonObject("properties").getJsonObject(name);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operation> all() {
        List<Operation> operations = new ArrayList<>();
        for (String file : FILES) {
            JsonObject contract = read("openapi/" + file + ".yaml");
            for (Map.Entry<String, Object> path : contract.getJsonObject("paths")) {
                for (Map.Entry<String, Object> method : (JsonObject) path.getValue()) {
                    if (!method.getKey().equals("parameters")) {
                        operations.add(
                                operation(contract, path.getKey(), method.getKey(), (JsonObject) method.getValue()));
                    }
                }
            }
        }
        return operations;
    }

    private static Operation operation(JsonObject contract, String path, String method, JsonObject description) {
        List<String> parameters = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.startsWith("{")) {
                parameters.add(part.substring(1, part.length() - 1));
            }
        }
        JsonObject content = description
                .getJsonObject("requestBody", new JsonObject())
                .getJsonObject("content", new JsonObject())
                .getJsonObject("application/json", new JsonObject());
        return new Operation(
                description.getString("operationId"),
                method.toUpperCase(Locale.ROOT),
                path.substring("/api/v1".length()),
                parameters,
                resolved(contract, content.getJsonObject("schema", new JsonObject())));
    }

    /** With every reference in it replaced by what it refers to. */
    private static JsonObject resolved(JsonObject contract, JsonObject schema) {
        String reference = schema.getString("$ref");
        if (reference != null) {
            JsonObject found = contract;
            for (String part : reference.substring(2).split("/")) {
                found = found.getJsonObject(part);
            }
            return resolved(contract, found);
        }
        JsonObject whole = new JsonObject();
        for (Map.Entry<String, Object> member : schema) {
            Object value = member.getValue();
            whole.put(member.getKey(), value instanceof JsonObject object ? resolved(contract, object) : value);
        }
        return whole;
    }

    private static JsonObject read(String resource) {
        try (InputStream in = Contracts.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("no contract " + resource);
            }
            return (JsonObject) json(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object json(Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((name, member) -> object.put(String.valueOf(name), json(member)));
            return object;
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(item -> array.add(json(item)));
            return array;
        }
        return value;
    }
}
