package org.anban.gateway.session;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.http.Api;
import org.anban.kit.http.Reply;

/** Which devices are connected and when each was last heard. */
final class FleetRoutes {
    private static final int MOST = 10_000;

    private final Sessions sessions;
    private final SessionStore store;
    private final StaffScope scope;

    FleetRoutes(Sessions sessions, SessionStore store, StaffScope scope) {
        this.sessions = sessions;
        this.store = store;
        this.scope = scope;
    }

    void mount(Api api) {
        api.on("fleet", call -> {
            scope.requireStaff(call);
            List<SessionRow> rows = store.all(MOST);
            Set<String> known = scope.known(
                    call.principal(), rows.stream().map(SessionRow::device).toList());
            JsonArray items = new JsonArray();
            rows.stream().filter(row -> known.contains(row.device())).forEach(row -> items.add(item(row)));
            return Reply.items(items);
        });
    }

    private JsonObject item(SessionRow row) {
        Session live = sessions.inMemory(row.device());
        boolean connected = live == null ? row.connected() : live.isConnected();
        Instant heard = live == null || live.lastHeard().isBefore(row.lastHeard()) ? row.lastHeard() : live.lastHeard();
        Instant changed = live == null ? row.changedAt() : live.changedAt();
        return new JsonObject()
                .put("device", row.device())
                .put("connected", connected)
                .put("lastHeard", heard.toString())
                .put("since", changed.toString());
    }
}
