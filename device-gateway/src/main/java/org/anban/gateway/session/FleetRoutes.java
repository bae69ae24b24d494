package org.anban.gateway.session;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.anban.contracts.access.Role;
import org.anban.kit.http.Api;
import org.anban.kit.http.Reply;

/** Which devices are connected and when each was last heard. */
final class FleetRoutes {
    private static final int MOST = 10_000;

    private final Sessions sessions;
    private final SessionStore store;

    FleetRoutes(Sessions sessions, SessionStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    void mount(Api api) {
        api.on("fleet", call -> {
            call.require(Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER, Role.ADMINISTRATOR);
            JsonArray items = new JsonArray();
            for (SessionRow row : store.all(MOST)) {
                items.add(item(row));
            }
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
