package org.anban.gateway.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.anban.contracts.device.DeviceId;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;

/** Commands, for staff. */
final class CommandRoutes {
    private static final int MOST = 100;
    private static final long DEFAULT_LIFE_SECONDS = 3_600;

    private final Commands commands;
    private final CommandStore store;
    private final StaffScope scope;
    private final Runnable sent;

    CommandRoutes(Commands commands, CommandStore store, StaffScope scope, Runnable sent) {
        this.scope = scope;
        this.sent = sent;
        this.commands = commands;
        this.store = store;
    }

    void mount(Api api) {
        api.on("sendCommand", this::send);
        api.on("commandsOfDevice", this::list);
    }

    private Reply send(Call call) {
        scope.require(call, call.path("id"));
        JsonObject body = call.body();
        long seconds = body.getLong("expiresInSeconds", DEFAULT_LIFE_SECONDS);
        JsonObject command = body.copy();
        command.remove("expiresInSeconds");
        String id = commands.send(
                new DeviceId(call.path("id")),
                command,
                Duration.ofSeconds(seconds),
                call.principal().personId());
        sent.run();
        return Reply.created(new JsonObject().put("id", id).put("state", "queued"));
    }

    private Reply list(Call call) {
        scope.require(call, call.path("id"));
        JsonArray items = new JsonArray();
        for (CommandStore.Row row : store.ofDevice(call.path("id"), MOST)) {
            items.add(new JsonObject()
                    .put("id", row.id())
                    .put("command", new JsonObject(row.payload()))
                    .put("state", row.state())
                    .put("createdAt", row.createdAt().toString())
                    .put("expiresAt", row.expiresAt().toString())
                    .put("outcome", row.outcome())
                    .put("failure", row.failure()));
        }
        return Reply.items(items);
    }
}
