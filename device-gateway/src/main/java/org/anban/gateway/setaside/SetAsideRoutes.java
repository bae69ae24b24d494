package org.anban.gateway.setaside;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.http.Api;
import org.anban.kit.http.Reply;

/** What was set aside, for staff. */
final class SetAsideRoutes {
    private static final int MOST = 500;

    /** Read before those of other areas are left out. */
    private static final int MOST_READ = 20_000;

    private final SetAsideStore store;
    private final StaffScope scope;

    SetAsideRoutes(SetAsideStore store, StaffScope scope) {
        this.store = store;
        this.scope = scope;
    }

    void mount(Api api) {
        api.on("setAside", call -> {
            scope.requireStaff(call);
            return answer(ofAll(call.principal()));
        });
        api.on("setAsideOfDevice", call -> {
            scope.require(call, call.path("id"));
            return answer(store.list(call.path("id"), MOST));
        });
    }

    private List<SetAsideStore.Row> ofAll(Principal who) {
        List<SetAsideStore.Row> rows = store.list(null, StaffScope.isEverywhere(who) ? MOST : MOST_READ);
        Set<String> known =
                scope.known(who, rows.stream().map(SetAsideStore.Row::device).toList());
        return rows.stream()
                .filter(row -> known.contains(row.device()))
                .limit(MOST)
                .toList();
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
