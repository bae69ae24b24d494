package org.anban.alert.casefile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.anban.alert.casework.Disposition;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentJson;
import org.anban.alert.incident.IncidentState;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;

/** Reading incidents, and opening one on a person's word. */
public final class IncidentRoutes {
    private static final int MOST_MEMBERS = 500;
    private static final Role[] STAFF = {Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER};

    private final CaseFiles files;
    private final Concerns concerns;

    public IncidentRoutes(CaseFiles files, Concerns concerns) {
        this.files = files;
        this.concerns = concerns;
    }

    public void mount(Api api) {
        api.on("listIncidents", this::list)
                .on("openIncident", this::open)
                .on("readIncident", this::read)
                .on("listMembers", this::members)
                .on("listResponders", this::responders)
                .on("listDispositions", this::dispositions);
    }

    private Reply list(Call call) {
        call.require(STAFF);
        String state = call.query("state");
        return Reply.items(files.rows(call.principal(), states(state == null ? "open" : state)));
    }

    private static List<IncidentState> states(String word) {
        return switch (word) {
            case "open" -> List.of(IncidentState.CANDIDATE, IncidentState.OPEN, IncidentState.TAKEN);
            case "taken" -> List.of(IncidentState.TAKEN);
            case "closed" -> List.of(IncidentState.CANCELLED, IncidentState.CLOSED);
            case "all" -> Arrays.asList(IncidentState.values());
            default -> throw CareException.invalid("state: open, taken, closed or all");
        };
    }

    private Reply open(Call call) {
        JsonObject body = call.body();
        Incident incident = concerns.open(
                SubjectId.parse(body.getString("subject")),
                call.principal(),
                body.getString("words"),
                body.getString("commandId"),
                Priority.valueOf(body.getString("priority", "P2")));
        return Reply.created(call.principal().isStaff() ? IncidentJson.row(incident) : CaseFiles.reduced(incident));
    }

    private Reply read(Call call) {
        return Reply.ok(files.read(call.principal(), call.path("id")));
    }

    private Reply members(Call call) {
        call.require(STAFF);
        return Reply.ok(files.members(
                call.principal(), call.path("id"), number(call, "offset", 0), number(call, "limit", MOST_MEMBERS)));
    }

    private static int number(Call call, String name, int otherwise) {
        String value = call.query(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private Reply responders(Call call) {
        call.require(STAFF);
        String incident = call.query("incident");
        if (incident == null) {
            throw CareException.invalid("incident: missing");
        }
        return Reply.items(files.responders(call.principal(), incident));
    }

    private Reply dispositions(Call call) {
        JsonArray items = CaseJson.array(List.of(Disposition.values()), disposition -> new JsonObject()
                .put("code", disposition.name())
                .put("zh", disposition.zh())
                .put("en", disposition.en()));
        return Reply.items(items);
    }
}
