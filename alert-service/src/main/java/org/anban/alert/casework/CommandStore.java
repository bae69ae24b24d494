package org.anban.alert.casework;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The answers that were given to commands. */
final class CommandStore {
    Optional<JsonObject> answer(Handle tx, Request request, String action) {
        return tx.createQuery("select answer from alert.command where command_id = :command and person = :person"
                        + " and incident = :incident and action = :action")
                .bind("command", request.commandId())
                .bind("person", request.who().personId())
                .bind("incident", request.incidentId())
                .bind("action", action)
                .mapTo(String.class)
                .findOne()
                .map(JsonObject::new);
    }

    void add(Handle tx, Request request, String action, Instant now, JsonObject answer) {
        tx.createUpdate("insert into alert.command (incident, person, action, command_id, at, answer)"
                        + " values (:incident, :person, :action, :command, :now, cast(:answer as jsonb))")
                .bind("incident", request.incidentId())
                .bind("person", request.who().personId())
                .bind("action", action)
                .bind("command", request.commandId())
                .bind("now", now)
                .bind("answer", answer.encode())
                .execute();
    }
}
