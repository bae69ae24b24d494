package org.anban.alert.console;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentJson;
import org.jspecify.annotations.Nullable;

/** What the consoles were last told: the rows that have not ended, and those that ended lately. */
final class OpenSet {
    private Map<String, JsonObject> told = new LinkedHashMap<>();
    private Map<String, JsonObject> open = new LinkedHashMap<>();

    /** The rows of those that have not ended. */
    Collection<JsonObject> open() {
        return open.values();
    }

    /** Those that had not ended when the consoles were last told, and are not among the present ones. */
    List<String> missing(List<Incident> present) {
        Set<String> gone = new LinkedHashSet<>(open.keySet());
        present.forEach(incident -> gone.remove(incident.id()));
        return List.copyOf(gone);
    }

    /**
     * What the consoles have to be told of a row.
     *
     * @param formerArea where it was when they were last told; null if they never were
     */
    record Change(JsonObject row, @Nullable String formerArea) {
        String id() {
            return row.getString("id");
        }

        String area() {
            return row.getString("area");
        }
    }

    /** Takes the present rows in, and answers those that are new or changed. */
    List<Change> changes(List<Incident> present) {
        Map<String, JsonObject> next = new LinkedHashMap<>();
        Map<String, JsonObject> nextOpen = new LinkedHashMap<>();
        List<Change> changed = new ArrayList<>();
        for (Incident incident : present) {
            JsonObject row = IncidentJson.row(incident);
            next.put(incident.id(), row);
            if (!incident.state().isEnded()) {
                nextOpen.put(incident.id(), row);
            }
            JsonObject before = told.get(incident.id());
            if (!row.equals(before)) {
                changed.add(new Change(row, before == null ? null : before.getString("area")));
            }
        }
        told = next;
        open = nextOpen;
        return changed;
    }
}
