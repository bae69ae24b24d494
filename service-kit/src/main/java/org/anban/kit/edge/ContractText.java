package org.anban.kit.edge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a contract for enforcing it on requests. What answers look like is left out: the validator knows a handful of media
 * types and refuses contracts that describe others, event streams and problem documents among them.
 */
final class ContractText {
    private ContractText() {}

    static JsonObject forRequests(String yaml) {
        LoaderOptions options = new LoaderOptions();
        Yaml reader = new Yaml(
                new SafeConstructor(options),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                options,
                new TextResolver());
        Object document = json(reader.load(yaml));
        if (!(document instanceof JsonObject contract)) {
            throw new IllegalStateException("an OpenAPI contract is an object");
        }
        forgetAnswers(contract);
        completeServers(contract);
        return contract;
    }

    private static void forgetAnswers(JsonObject contract) {
        for (JsonObject path : objects(contract.getJsonObject("paths"))) {
            for (JsonObject operation : objects(path)) {
                objects(operation.getJsonObject("responses")).forEach(answer -> answer.remove("content"));
            }
        }
        JsonObject components = contract.getJsonObject("components");
        if (components != null) {
            objects(components.getJsonObject("responses")).forEach(answer -> answer.remove("content"));
        }
    }

    /** The validator wants whole addresses; only the path of one matters. */
    private static void completeServers(JsonObject contract) {
        for (Object server : contract.getJsonArray("servers", new JsonArray())) {
            if (server instanceof JsonObject described
                    && described.getString("url", "").startsWith("/")) {
                described.put("url", "http://localhost" + described.getString("url"));
            }
        }
    }

    private static List<JsonObject> objects(@Nullable JsonObject parent) {
        return parent == null
                ? List.of()
                : parent.stream()
                        .map(Map.Entry::getValue)
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList();
    }

    /** Keys become text: a status is a number in YAML. */
    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, member) -> object.put(String.valueOf(key), json(member)));
            return object;
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(member -> array.add(json(member)));
            return array;
        }
        return value;
    }

    /** JSON has no dates, so a date in an example stays text. */
    private static final class TextResolver extends Resolver {
        @Override
        public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, pattern, first, limit);
            }
        }
    }
}
