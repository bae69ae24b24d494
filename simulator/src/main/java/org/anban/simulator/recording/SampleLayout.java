package org.anban.simulator.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * The project's own: one JSON object a line, {@code {"t":12.5,"topic":"telemetry","payload":{"heartRate":72}}}. What a
 * payload says of the time is replaced by the time of the replay.
 */
final class SampleLayout implements Layout {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public boolean begins(String firstLine) {
        return firstLine.stripLeading().startsWith("{");
    }

    @Override
    public boolean hasHeading() {
        return false;
    }

    @Override
    public void row(String line, Consumer<RecordedMessage> messages) throws BadRow {
        JsonNode row = parsed(line);
        JsonNode seconds = row.path("t");
        if (!seconds.isNumber() || !(seconds.asDouble() >= 0 && seconds.asDouble() < 1e9)) {
            throw new BadRow("t is no time in seconds");
        }
        String leaf = row.path("topic").asText();
        if (!leaf.equals("telemetry") && !leaf.equals("event")) {
            throw new BadRow("topic is neither telemetry nor event");
        }
        if (!(row.path("payload") instanceof ObjectNode payload)) {
            throw new BadRow("payload is no object");
        }
        payload.remove("at");
        messages.accept(new RecordedMessage(seconds.asDouble(), leaf, payload));
    }

    @Override
    public void end(Consumer<RecordedMessage> messages) {}

    private static JsonNode parsed(String line) throws BadRow {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new BadRow("no JSON: " + e.getOriginalMessage());
        }
    }
}
