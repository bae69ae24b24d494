package org.anban.gateway.credential;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/** Batches, for administrators. */
final class BatchRoutes {
    private static final long USUAL_DAYS = 90;

    private final Claims claims;
    private final ClaimStore store;
    private final StaffScope scope;
    private final Audit audit;
    private final InstantSource time;

    BatchRoutes(Claims claims, ClaimStore store, StaffScope scope, Audit audit, InstantSource time) {
        this.claims = claims;
        this.store = store;
        this.scope = scope;
        this.audit = audit;
        this.time = time;
    }

    void mount(Api api) {
        api.on("registerBatch", this::register);
        api.on("batch", this::show);
    }

    private Reply register(Call call) {
        call.require(Role.ADMINISTRATOR);
        JsonObject body = call.body();
        List<DeviceId> devices = body.getJsonArray("devices").stream()
                .map(id -> scope.registered(new DeviceId((String) id)))
                .distinct()
                .toList();
        devices.forEach(device -> scope.require(call, device.value()));
        Instant closes = time.instant().plus(Duration.ofDays(body.getLong("openDays", USUAL_DAYS)));
        audit.record(call.principal(), "device.batch-registered", null, body.getString("id"));
        Claims.Secrets secrets = claims.register(new Claims.Batch(
                body.getString("id"), devices, closes, call.principal().personId()));
        JsonArray codes = new JsonArray();
        secrets.codes()
                .forEach((device, code) ->
                        codes.add(new JsonObject().put("device", device.value()).put("code", code)));
        return Reply.created(new JsonObject()
                .put("id", body.getString("id"))
                .put("batchKey", secrets.batchKey())
                .put("closesAt", closes.toString())
                .put("codes", codes));
    }

    private Reply show(Call call) {
        call.require(Role.ADMINISTRATOR);
        List<ClaimStore.Row> rows = store.ofBatch(call.path("batch"));
        if (rows.isEmpty()) {
            throw CareException.notFound("no such batch");
        }
        JsonArray items = new JsonArray();
        for (ClaimStore.Row row : rows) {
            items.add(new JsonObject()
                    .put("device", row.device())
                    .put("keyIssuedAt", text(row.issuedAt()))
                    .put("claimedAt", text(row.claimedAt()))
                    .put("wrongCodes", row.wrongCodes()));
        }
        return Reply.ok(new JsonObject()
                .put("items", items)
                .put("closesAt", rows.get(0).closesAt().toString()));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
