package org.anban.alert.story;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.anban.contracts.access.Principal;
import org.jspecify.annotations.Nullable;

/**
 * One line of what happened.
 *
 * @param personId who did it; null if the engine or a device did
 * @param text for people; no health data
 * @param data for programs
 */
public record StoryEntry(
        String incidentId,
        Instant at,
        StoryKind kind,
        @Nullable String personId,
        @Nullable String personName,
        String text,
        JsonObject data) {

    public static StoryEntry byEngine(String incidentId, Instant at, StoryKind kind, String text, JsonObject data) {
        return new StoryEntry(incidentId, at, kind, null, null, text, data);
    }

    public static StoryEntry byPerson(
            String incidentId, Instant at, StoryKind kind, Principal who, String text, JsonObject data) {
        return new StoryEntry(incidentId, at, kind, who.personId(), who.displayName(), text, data);
    }
}
