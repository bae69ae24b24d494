package org.anban.alert.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.anban.contracts.access.Principal;
import org.anban.kit.http.EventStream;
import org.jspecify.annotations.Nullable;

/** One console's live stream. */
final class ConsoleStream {
    private final String id;
    private final Principal who;
    private final @Nullable String token;
    private final EventStream stream;
    private final AtomicLong beats = new AtomicLong();

    ConsoleStream(String id, Principal who, @Nullable String token, EventStream stream) {
        this.id = id;
        this.who = who;
        this.token = token;
        this.stream = stream;
    }

    String id() {
        return id;
    }

    Principal who() {
        return who;
    }

    @Nullable
    String token() {
        return token;
    }

    boolean sees(String area) {
        return Console.maySee(who, area);
    }

    void hello(Instant now, long confirmEverySeconds, Collection<JsonObject> open) {
        stream.send(
                "hello",
                new JsonObject()
                        .put("streamId", id)
                        .put("server", now.toString())
                        .put("confirmEverySeconds", confirmEverySeconds));
        JsonArray items = new JsonArray();
        open.stream().filter(row -> sees(row.getString("area"))).forEach(items::add);
        stream.send("open-set", new JsonObject().put("items", items));
        beat(now);
    }

    boolean send(String event, JsonObject data) {
        return stream.send(event, data);
    }

    void beat(Instant now) {
        stream.send("beat", new JsonObject().put("n", beats.getAndIncrement()).put("at", now.toString()));
    }

    void end() {
        stream.close();
    }

    boolean isOpen() {
        return stream.isOpen();
    }
}
