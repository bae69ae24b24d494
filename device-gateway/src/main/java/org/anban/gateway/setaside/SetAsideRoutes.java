package org.anban.gateway.setaside;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.anban.contracts.access.Role;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;

/** What was set aside, for staff. */
final class SetAsideRoutes {
    private static final int MOST = 500;

    private final SetAsideStore store;

    SetAsideRoutes(SetAsideStore store) {
        this.store = store;
    }

    void mount(Api api) {
        api.on("setAside", call -> {
            require(call);
            return answer(store.list(null, MOST));
        });
        api.on("setAsideOfDevice", call -> {
            require(call);
            return answer(store.list(call.path("id"), MOST));
        });
    }

    private static void require(Call call) {
        call.require(Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER, Role.ADMINISTRATOR);
    }

    private static Reply answer(List<SetAsideStore.Row> rows) {
        JsonArray items = new JsonArray();
        for (SetAsideStore.Row row : rows) {
            items.add(new JsonObject()
                    .put("device", row.device())
                    .put("reason", row.reason())
                    .put("count", row.count())
                    .put("firstAt", row.firstAt().toString())
                    .put("lastAt", row.lastAt().toString())
                    .put("lastExample", row.lastExample()));
        }
        return Reply.items(items);
    }
}
