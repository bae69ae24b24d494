package org.anban.alert.casework;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.anban.alert.call.PhoneCall;
import org.anban.alert.dispatch.DispatchState;
import org.anban.alert.incident.IncidentJson;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;

/** What staff do with an incident: each act names the version seen and a command id. */
public final class CaseRoutes {
    private static final Role[] STAFF = {Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER};

    private final CaseDesk desk;
    private final CallDesk calls;
    private final DispatchDesk dispatches;
    private final InstantSource time;

    public CaseRoutes(CaseDesk desk, CallDesk calls, DispatchDesk dispatches, InstantSource time) {
        this.desk = desk;
        this.calls = calls;
        this.dispatches = dispatches;
        this.time = time;
    }

    public void mount(Api api) {
        api.on("seenIncident", call -> act(call, desk::seen))
                .on("takeIncident", call -> act(call, request -> desk.take(request, alsoSeen(call))))
                .on("callIncident", call -> act(call, request -> calls.call(request, phoneCall(call))))
                .on("noteIncident", call -> act(call, request -> desk.note(request, text(call, "text"))))
                .on("dispatchIncident", call -> act(call, request -> dispatch(call, request)))
                .on("closeIncident", call -> act(call, request -> close(call, request)));
    }

    private static Reply act(Call call, Function<Request, JsonObject> act) {
        call.require(STAFF);
        JsonObject body = call.body();
        Request request =
                new Request(call.principal(), call.path("id"), body.getInteger("version"), body.getString("commandId"));
        try {
            return Reply.ok(new JsonObject().put("incident", act.apply(request)));
        } catch (ChangedSince e) {
            return conflict(e);
        }
    }

    private static Reply conflict(ChangedSince changed) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", "Conflict")
                .put("status", 409)
                .put("detail", changed.getMessage())
                .put("incident", IncidentJson.row(changed.current()));
        return new Reply(409, problem, Map.of("Content-Type", "application/problem+json"));
    }

    private PhoneCall phoneCall(Call call) {
        JsonObject body = call.body();
        JsonObject to = body.getJsonObject("to");
        Principal who = call.principal();
        return new PhoneCall(
                PhoneCall.Party.valueOf(to.getString("kind").toUpperCase(Locale.ROOT)),
                to.getString("contactId"),
                to.getString("number"),
                PhoneCall.Outcome.valueOf(body.getString("outcome").toUpperCase(Locale.ROOT)),
                text(call, "text"),
                new PhoneCall.By(who.personId(), who.displayName(), time.instant()));
    }

    private static Map<String, Integer> alsoSeen(Call call) {
        Map<String, Integer> seen = new HashMap<>();
        JsonArray listed = call.body().getJsonArray("alsoSeen", new JsonArray());
        for (int i = 0; i < listed.size(); i++) {
            JsonObject one = listed.getJsonObject(i);
            seen.put(one.getString("id"), one.getInteger("version"));
        }
        return seen;
    }

    private JsonObject dispatch(Call call, Request request) {
        JsonObject body = call.body();
        String responderId = body.getString("responderId");
        if (responderId != null) {
            return dispatches.send(request, responderId);
        }
        String dispatchId = body.getString("dispatchId");
        String state = body.getString("state");
        if (dispatchId == null || state == null) {
            throw CareException.invalid("dispatch: responderId, or dispatchId and state");
        }
        return dispatches.move(request, dispatchId, DispatchState.valueOf(state), text(call, "text"));
    }

    private JsonObject close(Call call, Request request) {
        return desk.close(
                request, call.body().getString("disposition"), text(call, "note"), text(call, "noVisitReason"));
    }

    private static String text(Call call, String field) {
        String text = call.body().getString(field);
        return text == null ? "" : text;
    }
}
