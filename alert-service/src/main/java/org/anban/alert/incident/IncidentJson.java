package org.anban.alert.incident;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An incident as a queue may show it without an audited read: nothing that says how it ended. */
public final class IncidentJson {
    private IncidentJson() {}

    public static JsonObject row(Incident incident) {
        Standing standing = incident.standing();
        Holder holder = standing.holder();
        Incident.Origin origin = incident.origin();
        return new JsonObject()
                .put("id", incident.id())
                .put("state", incident.state().name())
                .put("kind", incident.kind().name())
                .put("priority", incident.priority().name())
                .put("subject", incident.subject().toString())
                .put("name", incident.label().name())
                .put("area", incident.label().areaPath())
                .put("station", incident.label().station())
                .put("openedAt", text(origin.openedAt()))
                .put("eventAt", text(origin.eventAt()))
                .put("receivedAt", text(origin.receivedAt()))
                .put("deviceAt", text(origin.deviceAt()))
                .put("delayed", standing.marks().delayed())
                .put("clockWrong", origin.clockWrong())
                .put("version", standing.version())
                .put("caseId", incident.caseId())
                .put("takenBy", holder == null ? null : person(holder))
                .put("ring", incident.rings())
                .put("staleAt", text(standing.staleAt()))
                .put("joined", standing.joined());
    }

    private static JsonObject person(Holder holder) {
        return new JsonObject().put("id", holder.personId()).put("name", holder.name());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
