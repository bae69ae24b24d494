package org.anban.launcher.journey;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A case as the API shows it to staff. */
public record Case(JsonObject json) {
    public String text(String field) {
        return json.getString(field);
    }

    public List<JsonObject> list(String field) {
        return json.getJsonArray(field).stream().map(JsonObject.class::cast).toList();
    }

    public List<String> words(String field) {
        return json.getJsonArray(field).stream().map(String::valueOf).toList();
    }

    /** What its story is made of, in order. */
    public List<String> storyKinds() {
        return list("story").stream().map(entry -> entry.getString("kind")).toList();
    }

    /** The newest ladder, such as {@code 30 supervisor sent}, seconds after a start; {@code held} steps have no time. */
    public List<String> ladder(Instant start) {
        return list("ladder").stream().map(line -> line(line, start)).toList();
    }

    private static String line(JsonObject line, Instant start) {
        String at = line.getString("at");
        String seconds = at == null
                ? "-"
                : String.valueOf(Duration.between(start, Instant.parse(at)).toSeconds());
        return seconds + " " + line.getString("step") + " " + line.getString("state");
    }
}
