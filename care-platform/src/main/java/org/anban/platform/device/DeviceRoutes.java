package org.anban.platform.device;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.anban.contracts.access.Role;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/** HTTP of the stock, for staff. No names: whom a device speaks for is an id here. */
public final class DeviceRoutes {
    private static final int USUAL_PAGE = 200;

    private final Devices devices;
    private final ResidentDirectory residents;

    public DeviceRoutes(Devices devices, ResidentDirectory residents) {
        this.devices = devices;
        this.residents = residents;
    }

    public void mount(Api api) {
        api.on("listDevices", this::list);
    }

    private Reply list(Call call) {
        call.require(Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER, Role.ADMINISTRATOR);
        @Nullable String subject = call.query("subject");
        @Nullable String after = call.query("after");
        @Nullable String limit = call.query("limit");
        DeviceQuery query = new DeviceQuery(
                after == null ? "" : after,
                call.query("kind"),
                subject == null ? null : SubjectId.parse(subject).toString(),
                limit == null ? USUAL_PAGE : Integer.parseInt(limit));
        List<Stocked> page = devices.page(query);
        JsonArray items = new JsonArray();
        for (Stocked stocked : page) {
            SubjectLabel label = residents.label(stocked.subject());
            if (call.principal().worksIn(label.areaPath())) {
                items.add(json(stocked, label));
            }
        }
        boolean more = page.size() == query.limit();
        return Reply.ok(new JsonObject()
                .put("items", items)
                .put("next", more ? page.get(page.size() - 1).device().id().value() : null));
    }

    private static JsonObject json(Stocked stocked, SubjectLabel label) {
        Device d = stocked.device();
        return new JsonObject()
                .put("id", d.id().value())
                .put("kind", d.model().kind())
                .put("model", d.model().name())
                .put("countsDown", d.model().countsDown())
                .put("reportIntervalSeconds", d.model().reportInterval().toSeconds())
                .put("state", d.standing().name())
                .put("keeper", d.keeper())
                .put("subject", stocked.subject().toString())
                .put("area", label.areaPath())
                .put("station", label.station());
    }
}
