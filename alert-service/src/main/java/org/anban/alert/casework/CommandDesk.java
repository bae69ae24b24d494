package org.anban.alert.casework;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.anban.alert.console.Console;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentJson;
import org.anban.alert.incident.IncidentStore;
import org.anban.alert.wake.Bell;
import org.anban.contracts.error.CareException;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;

/** Runs a person's act in one transaction under the lock of the case, once for each command id. */
final class CommandDesk {
    /** The act itself; answers the incident as it was saved. */
    @FunctionalInterface
    interface Act {
        Incident on(Handle tx, Incident incident, Instant now);
    }

    /** Which version an act needs. */
    enum Needs {
        /** The present one: whoever acts must have seen what joined. */
        CURRENT,
        /** Any that was seen. */
        SEEN
    }

    private final Database database;
    private final InstantSource time;
    private final IncidentStore incidents;
    private final Bell bell;
    private final CommandStore commands = new CommandStore();

    CommandDesk(Database database, InstantSource time, IncidentStore incidents, Bell bell) {
        this.database = database;
        this.time = time;
        this.incidents = incidents;
        this.bell = bell;
    }

    JsonObject perform(Request request, String action, Needs needs, Act act) {
        Instant now = time.instant();
        JsonObject answer = database.inTransaction(tx -> {
            Incident incident = incidents
                    .lock(tx, request.incidentId())
                    .filter(found -> Console.maySee(request.who(), found.label().areaPath()))
                    .orElseThrow(() -> CareException.notFound("no such incident"));
            Optional<JsonObject> known = commands.answer(tx, request, action);
            if (known.isPresent()) {
                return known.get();
            }
            check(request, needs, incident);
            JsonObject row = IncidentJson.row(act(tx, act, incident, now));
            commands.add(tx, request, action, now, row);
            return row;
        });
        bell.ring();
        return answer;
    }

    private static void check(Request request, Needs needs, Incident incident) {
        boolean fits = needs == Needs.CURRENT
                ? request.version() == incident.version()
                : request.version() <= incident.version();
        if (!fits) {
            throw new ChangedSince("it has changed since you looked", incident);
        }
    }

    private static Incident act(Handle tx, Act act, Incident incident, Instant now) {
        try {
            return act.on(tx, incident, now);
        } catch (CareException e) {
            if (e.kind() == CareException.Kind.CONFLICT) {
                throw new ChangedSince(String.valueOf(e.getMessage()), incident);
            }
            throw e;
        }
    }
}
