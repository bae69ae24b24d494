package org.anban.gateway.push;

import org.anban.gateway.dialect.PushRequest;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;

/** Where platforms push. They prove themselves in their own way, so these are open to whoever comes. */
final class PushRoutes {
    private final PushDesk desk;

    PushRoutes(PushDesk desk) {
        this.desk = desk;
    }

    void mount(Api api) {
        api.onApart("checkPush", call -> desk.check(request(call), call.remoteAddress()));
        api.onLater("push", call -> desk.take(request(call), call.remoteAddress()));
    }

    private static PushRequest request(Call call) {
        return new PushRequest(call.path("account"), call.rawBody(), call::query, call::header);
    }
}
