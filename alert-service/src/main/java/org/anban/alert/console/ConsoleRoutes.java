package org.anban.alert.console;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import org.anban.contracts.access.Role;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.EventStream;
import org.anban.kit.http.Reply;

/** The console's live stream, its confirmations, and duty. */
public final class ConsoleRoutes {
    private static final Role[] STAFF = {Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER};

    private final LiveStreams streams;
    private final ConsoleDesk desk;

    public ConsoleRoutes(Database database, InstantSource time, ConsoleStore consoles, LiveStreams streams) {
        this.streams = streams;
        this.desk = new ConsoleDesk(database, time, consoles);
    }

    public void mount(Api api) {
        api.stream("streamIncidents", this::stream)
                .on("confirmStream", this::confirm)
                .on("setDuty", this::setDuty)
                .on("readDuty", this::readDuty);
    }

    private void stream(Call call, EventStream stream) {
        call.require(STAFF);
        streams.open(call.principal(), call.token(), stream);
    }

    private Reply confirm(Call call) {
        call.require(STAFF);
        desk.confirm(call.principal(), call.path("streamId"), call.body().getLong("n"));
        return Reply.none();
    }

    private Reply setDuty(Call call) {
        call.require(STAFF);
        return json(desk.duty(call.principal(), call.body().getBoolean("onDuty")));
    }

    private Reply readDuty(Call call) {
        call.require(STAFF);
        return json(desk.dutyOf(call.principal()));
    }

    private static Reply json(Duty duty) {
        Instant since = duty.since();
        return Reply.ok(
                new JsonObject().put("onDuty", duty.onDuty()).put("since", since == null ? null : since.toString()));
    }
}
