package org.anban.platform.facility;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.anban.contracts.access.Role;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;

/** HTTP of the care network. */
public final class StationRoutes {
    private final Facilities facilities;

    public StationRoutes(Facilities facilities) {
        this.facilities = facilities;
    }

    public void mount(Api api) {
        api.on("listStations", this::list).on("listAreas", this::areas);
    }

    private Reply list(Call call) {
        call.require(Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER, Role.RESPONDER, Role.ADMINISTRATOR);
        JsonArray items = new JsonArray();
        for (Facility facility : facilities.all()) {
            if (call.principal().worksIn(facility.area())) {
                items.add(json(facility));
            }
        }
        return Reply.items(items);
    }

    /** Names only, of every area: whoever is logged in may know what a place is called. */
    private Reply areas(Call call) {
        call.principal();
        JsonArray items = new JsonArray();
        for (Area area : facilities.areas()) {
            items.add(new JsonObject()
                    .put("path", area.path())
                    .put("nameZh", area.nameZh())
                    .put("nameEn", area.nameEn()));
        }
        return Reply.items(items);
    }

    private JsonObject json(Facility f) {
        return new JsonObject()
                .put("id", f.id())
                .put("tier", f.tier().name())
                .put("nameZh", f.nameZh())
                .put("nameEn", f.nameEn())
                .put("area", f.area())
                .put("address", f.address())
                .put("phone", f.phone())
                .put("parent", f.parent())
                .put("answersFor", new JsonArray(facilities.areasOf(f.id())));
    }
}
