package org.anban.platform.device;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.Standing;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/** HTTP of the stock, for staff. No names: whom a device speaks for is an id here. */
public final class DeviceRoutes {
    private static final int USUAL_PAGE = 200;

    private final Devices devices;
    private final ResidentDirectory residents;
    private final Audit audit;
    private final InstantSource time;

    public DeviceRoutes(Devices devices, ResidentDirectory residents, Audit audit, InstantSource time) {
        this.devices = devices;
        this.residents = residents;
        this.audit = audit;
        this.time = time;
    }

    public void mount(Api api) {
        api.on("listDevices", this::list)
                .on("getStanding", this::standing)
                .on("changeStanding", this::stand)
                .on("listChildren", this::children)
                .on("addChild", this::addChild)
                .on("removeChild", this::removeChild);
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

    /** Whoever would be left without a device is named first: a missed alarm can cost a life. */
    private Reply stand(Call call) {
        DeviceProfile profile = theirs(call, Role.SUPERVISOR, Role.DUTY_MANAGER, Role.ADMINISTRATOR);
        JsonObject body = call.body();
        Standing standing = Standing.valueOf(body.getString("standing"));
        Instant now = time.instant();
        SubjectId subject = profile.subjectAt(now);
        boolean leavesSomebody = !standing.mayConnect() && subject.kind() != SubjectId.Kind.UNBOUND;
        if (leavesSomebody && !body.getBoolean("leavesSubjectWithout", false)) {
            throw CareException.conflict("it speaks for " + subject
                    + " now, whose alarms on it would not be heard: bind another first, or say leavesSubjectWithout");
        }
        StandingChange change = new StandingChange(
                standing, body.getString("reason"), now, call.principal().personId());
        audit.record(call.principal(), "device.standing", subject.toString(), profile.id() + " " + standing);
        devices.stand(profile.id(), change);
        return history(profile.id(), standing);
    }

    private Reply standing(Call call) {
        DeviceProfile profile = theirs(call, Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER, Role.ADMINISTRATOR);
        return history(profile.id(), profile.standing());
    }

    private Reply history(DeviceId id, Standing standing) {
        JsonArray changes = new JsonArray();
        for (StandingChange change : devices.standingChanges(id)) {
            changes.add(new JsonObject()
                    .put("standing", change.standing().name())
                    .put("reason", change.reason())
                    .put("at", change.at().toString())
                    .put("by", change.by()));
        }
        return Reply.ok(new JsonObject()
                .put("id", id.value())
                .put("standing", standing.name())
                .put("changes", changes));
    }

    private Reply children(Call call) {
        DeviceProfile profile = theirs(call, Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER, Role.ADMINISTRATOR);
        JsonArray items = new JsonArray();
        new TreeMap<>(devices.children(List.of(profile.id())).getOrDefault(profile.id(), Map.of()))
                .forEach((name, child) -> items.add(new JsonObject()
                        .put("name", name)
                        .put("device", child.id().value())
                        .put("subject", child.subjectAt(time.instant()).toString())));
        return Reply.items(items);
    }

    private Reply addChild(Call call) {
        DeviceProfile speaker = theirs(call, Role.ADMINISTRATOR);
        DeviceId child = new DeviceId(call.body().getString("device"));
        requireTheirs(call, child);
        String name = call.body().getString("name");
        audit.record(call.principal(), "device.listed", null, speaker.id() + " " + child);
        if (!devices.addChild(speaker.id(), name, child)) {
            throw CareException.conflict("that name is on the list already");
        }
        return Reply.created(new JsonObject().put("name", name).put("device", child.value()));
    }

    private Reply removeChild(Call call) {
        DeviceProfile speaker = theirs(call, Role.ADMINISTRATOR);
        String name = call.query("name");
        audit.record(call.principal(), "device.unlisted", null, speaker.id().value());
        devices.removeChild(speaker.id(), name == null ? "" : name);
        return Reply.none();
    }

    /** Somebody who works elsewhere is not told that there is such a device. */
    private DeviceProfile theirs(Call call, Role... roles) {
        call.require(roles);
        return requireTheirs(call, new DeviceId(call.path("id")));
    }

    private DeviceProfile requireTheirs(Call call, DeviceId id) {
        Map<DeviceId, DeviceProfile> found = devices.findAll(List.of(id));
        DeviceProfile profile = found.get(id);
        if (profile == null
                || !call.principal()
                        .worksIn(residents
                                .label(profile.subjectAt(time.instant()))
                                .areaPath())) {
            throw CareException.notFound("no such device in your area");
        }
        return profile;
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
                .put("sender", d.sender().name())
                .put("topics", d.model().topics())
                .put("carrier", d.carrier())
                .put("keeper", d.keeper())
                .put("subject", stocked.subject().toString())
                .put("area", label.areaPath())
                .put("station", label.station());
    }
}
