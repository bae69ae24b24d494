package org.anban.gateway.credential;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/** Keys, for administrators. A key is shown once, to whoever asked for it. */
final class CredentialRoutes {
    private final DeviceCredentials credentials;
    private final CredentialStore store;
    private final StaffScope scope;
    private final Audit audit;

    CredentialRoutes(DeviceCredentials credentials, CredentialStore store, StaffScope scope, Audit audit) {
        this.credentials = credentials;
        this.store = store;
        this.scope = scope;
        this.audit = audit;
    }

    void mount(Api api) {
        api.on("credentialOfDevice", this::show);
        api.on("issueKey", this::issue);
        api.on("revokeKey", this::revoke);
        api.on("acceptCredential", this::accept);
    }

    private Reply show(Call call) {
        DeviceId device = device(call);
        CredentialStore.Row row =
                store.row(device.value()).orElseThrow(() -> CareException.notFound("the device never had a key"));
        return Reply.ok(new JsonObject()
                .put("accepts", row.accepts().name())
                .put("issuedAt", text(row.issuedAt()))
                .put("usedAt", text(row.usedAt()))
                .put("oldKeyEndsAt", text(row.oldEndsAt()))
                .put("revokedAt", text(row.revokedAt())));
    }

    private Reply issue(Call call) {
        DeviceId device = device(call);
        Long hours = call.body().getLong("overlapHours");
        Duration overlap = hours == null ? DeviceCredentials.OVERLAP : Duration.ofHours(hours);
        audit.record(call.principal(), "device.key-issued", null, device.value());
        String key = credentials.rotate(device, overlap);
        return Reply.created(new JsonObject().put("key", key).put("overlapHours", overlap.toHours()));
    }

    private Reply revoke(Call call) {
        DeviceId device = device(call);
        audit.record(call.principal(), "device.key-revoked", null, device.value());
        credentials.revoke(device);
        return Reply.none();
    }

    private Reply accept(Call call) {
        DeviceId device = device(call);
        Credential.Accepts accepts = Credential.Accepts.valueOf(call.body().getString("accepts"));
        audit.record(call.principal(), "device.accepts-" + accepts, null, device.value());
        credentials.accept(device, accepts);
        return Reply.ok(new JsonObject().put("accepts", accepts.name()));
    }

    private DeviceId device(Call call) {
        call.require(Role.ADMINISTRATOR);
        scope.require(call, call.path("id"));
        return scope.registered(new DeviceId(call.path("id")));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
