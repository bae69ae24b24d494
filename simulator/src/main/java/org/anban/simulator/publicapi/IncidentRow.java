package org.anban.simulator.publicapi;

import com.fasterxml.jackson.databind.JsonNode;

/** An incident as the queue shows it. */
public record IncidentRow(
        String id, String state, String kind, String priority, String subject, long version, int joined) {
    static IncidentRow of(JsonNode node) {
        return new IncidentRow(
                node.path("id").asText(),
                node.path("state").asText(),
                node.path("kind").asText(),
                node.path("priority").asText(),
                node.path("subject").asText(),
                node.path("version").asLong(),
                node.path("joined").asInt());
    }

    public boolean ended() {
        return state.equals("CLOSED") || state.equals("CANCELLED");
    }

    @Override
    public String toString() {
        return kind + " " + priority + " " + state + " of " + subject + " (" + id + ")";
    }
}
