package org.anban.kit.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param body JSON, or null for none
 * @param headers extra headers
 */
public record Reply(int status, @Nullable Object body, Map<String, String> headers) {
    public static Reply ok(JsonObject body) {
        return new Reply(200, body, Map.of());
    }

    public static Reply items(JsonArray items) {
        return ok(new JsonObject().put("items", items));
    }

    public static Reply created(JsonObject body) {
        return new Reply(201, body, Map.of());
    }

    public static Reply none() {
        return new Reply(204, null, Map.of());
    }
}
