package org.anban.gateway.vocabulary;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.contracts.event.ReportKind;
import org.anban.gateway.payload.Statement;
import org.anban.gateway.payload.Topic;
import org.jspecify.annotations.Nullable;

/** Messages of ours while they are written: the values of one time are one message, every event is its own. */
final class Draft {
    private static final int LONGEST_UNIX_TIME = 15;
    private static final String NOW = "";

    private final String id;
    private final Map<String, JsonObject> readings = new LinkedHashMap<>();
    private final List<OurMessage> events = new ArrayList<>();

    Draft(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    boolean isEmpty() {
        return readings.isEmpty() && events.isEmpty();
    }

    boolean hasEvent() {
        return !events.isEmpty();
    }

    /** The device lives, whatever else there is to say. */
    void alive(@Nullable String at) {
        reading(at);
    }

    void value(String name, @Nullable Object value, @Nullable String at) {
        reading(at).put(name, value);
    }

    /**
     * The id is the platform's and what made it an event: two events of one message are two. That a connection was lost is
     * for the gateway to say.
     */
    void event(String type, String cause, @Nullable String at) {
        JsonObject event = new JsonObject()
                .put("id", cause.isEmpty() ? id : id + ":" + cause)
                .put("type", type);
        if (at != null) {
            event.put("at", time(at));
        }
        boolean ours = type.equals(ReportKind.CONNECTION_LOST.wireName());
        events.add(new OurMessage(ours ? Statement.PRESENCE : Topic.EVENT, event.encode()));
    }

    /** Events first: they may be alarms. */
    List<OurMessage> messages() {
        List<OurMessage> messages = new ArrayList<>(events);
        readings.values().forEach(reading -> messages.add(new OurMessage(Topic.TELEMETRY, reading.encode())));
        return messages;
    }

    private JsonObject reading(@Nullable String at) {
        return readings.computeIfAbsent(at == null ? NOW : at, when -> {
            JsonObject reading = new JsonObject();
            return at == null ? reading : reading.put("at", time(at));
        });
    }

    /** Digits are Unix time, and a number on our wire. */
    static Object time(String at) {
        boolean digits = at.length() <= LONGEST_UNIX_TIME && at.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && !at.isEmpty() ? Long.valueOf(at) : at;
    }
}
