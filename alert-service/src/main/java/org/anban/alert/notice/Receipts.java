package org.anban.alert.notice;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.anban.contracts.error.CareException;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/** What a provider says later of a notice it took; believed only if it is signed with the shared secret. */
public final class Receipts {
    static final String SAID_FAILED = "the provider says that it failed";

    private final Database database;
    private final InstantSource time;
    private final NoticeStore store;
    private final NoticeConfig.@Nullable Webhook webhook;

    public Receipts(Database database, InstantSource time, NoticeStore store, NoticeConfig config) {
        this.database = database;
        this.time = time;
        this.store = store;
        this.webhook = config.webhook();
    }

    public void mount(Api api) {
        api.on("receiveReceipt", this::receive);
    }

    private Reply receive(Call call) {
        Instant now = time.instant();
        String signature = call.header(Signature.HEADER);
        if (webhook == null
                || signature == null
                || !Signature.holds(signature, webhook.secret(), now, call.path("id"), call.rawBody())) {
            throw CareException.of(CareException.Kind.UNAUTHENTICATED, "the signature does not hold");
        }
        JsonObject body = call.body();
        String state = body.getString("state");
        String detail = body.getString("detail", "");
        boolean known = database.inTransaction(tx -> {
            NoticeState moved = state.equals("failed") ? NoticeState.FAILED : NoticeState.SENT;
            Optional<Notice> before = store.receipt(tx, call.path("id"), state, moved, now);
            before.ifPresent(notice -> {
                store.log(tx, notice.id(), now, "receipt " + state, detail);
                if (moved == NoticeState.FAILED && notice.progress().state().awaitsReceipt()) {
                    store.tellFailure(tx, notice, SAID_FAILED, now);
                }
            });
            return before.isPresent();
        });
        if (!known) {
            throw CareException.notFound("no such notice");
        }
        return Reply.none();
    }
}
