package org.anban.gateway.presence;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.error.CareException;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/** The devices that were ever heard, those that need a look first. */
public final class FleetRoutes {
    private static final int MOST = 50_000;
    private static final int DEFAULT_LIMIT = 1_000;
    private static final Comparator<FleetItem> WORST_FIRST =
            Comparator.comparingInt(FleetItem::troubles).reversed().thenComparing(FleetItem::device);

    private final Presences presences;
    private final StaffScope scope;

    public FleetRoutes(Presences presences, StaffScope scope) {
        this.presences = presences;
        this.scope = scope;
    }

    /** Answers {@code fleet}. */
    public void mount(Api api) {
        api.on("fleet", this::fleet);
    }

    private Reply fleet(Call call) {
        scope.requireStaff(call);
        Predicate<FleetItem> asked = asked(call);
        List<PresenceRow> rows = presences.all(MOST);
        Map<String, StaffScope.Known> known = scope.look(
                call.principal(), rows.stream().map(PresenceRow::device).toList());
        Instant now = presences.instant();
        List<FleetItem> all = rows.stream()
                .filter(row -> known.containsKey(row.device()))
                .map(row -> new FleetItem(row, profile(known, row), now, presences.rules()))
                .filter(item -> isIn(call, known.get(item.device())))
                .toList();
        List<FleetItem> matching =
                all.stream().filter(asked).sorted(WORST_FIRST).toList();
        JsonArray items = new JsonArray();
        matching.stream()
                .skip(number(call, "offset", 0))
                .limit(number(call, "limit", DEFAULT_LIMIT))
                .forEach(item -> items.add(item.toJson(known.get(item.device()).area(scope))));
        return Reply.ok(new JsonObject()
                .put("items", items)
                .put("matching", matching.size())
                .put("summary", summary(all)));
    }

    private static @Nullable DeviceProfile profile(Map<String, StaffScope.Known> known, PresenceRow row) {
        return known.get(row.device()).profile();
    }

    private static Predicate<FleetItem> asked(Call call) {
        String word = call.query("state");
        String model = call.query("model");
        FleetState state = word == null
                ? null
                : FleetState.ofWord(word)
                        .orElseThrow(() -> CareException.invalid("state: not one that a device can have"));
        return item -> (state == null || item.states().contains(state))
                && (model == null || item.model().equals(model));
    }

    private boolean isIn(Call call, StaffScope.Known known) {
        String area = call.query("area");
        if (area == null) {
            return true;
        }
        String where = known.area(scope);
        return where.equals(area) || where.startsWith(area + "/");
    }

    private static JsonObject summary(List<FleetItem> all) {
        JsonObject summary = new JsonObject()
                .put("devices", all.size())
                .put("connected", all.stream().filter(FleetItem::isConnected).count());
        for (FleetState state : FleetState.values()) {
            summary.put(
                    state.word(),
                    all.stream().filter(item -> item.states().contains(state)).count());
        }
        return summary;
    }

    private static int number(Call call, String name, int otherwise) {
        String text = call.query(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw CareException.invalid(name + ": a whole number");
        }
    }
}
