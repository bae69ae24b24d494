package org.anban.kit.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param body {@link JsonObject} or {@link JsonArray}, text, or null for none
 * @param headers extra headers
 */
public record Reply(int status, @Nullable Object body, Map<String, String> headers) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply ok(JsonObject body) {
        return new Reply(200, body, Map.of());
    }

    public static Reply items(JsonArray items) {
        return ok(new JsonObject().put("items", items));
    }

    public static Reply created(JsonObject body) {
        return new Reply(201, body, Map.of());
    }

    public static Reply none() {
        return new Reply(204, null, Map.of());
    }

    /** The same with one more header. */
    public Reply header(String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return new Reply(status, body, all);
    }

    /**
     * The same, which also sets a cookie that no script can read and no other site can send.
     *
     * @param age how long the browser keeps it; zero removes it
     * @param secure only over TLS
     */
    public Reply cookie(String name, String value, Duration age, boolean secure) {
        String cookie = name + "=" + value + "; Path=/; Max-Age=" + age.toSeconds() + "; HttpOnly; SameSite=Strict";
        return header("Set-Cookie", secure ? cookie + "; Secure" : cookie);
    }

    /** A problem document (RFC 9457) for an expected failure, with extra members. The one mapping of kinds to HTTP. */
    public static Reply problem(CareException failure, JsonObject members) {
        CareException.Kind kind = failure.kind();
        int status =
                switch (kind) {
                    case INVALID -> 400;
                    case UNAUTHENTICATED -> 401;
                    case FORBIDDEN -> 403;
                    case NOT_FOUND -> 404;
                    case CONFLICT -> 409;
                    case LIMITED -> 429;
                    case UNAVAILABLE -> 503;
                };
        String title = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Reply reply = problem(status, title, String.valueOf(failure.getMessage()), members);
        return switch (kind) {
            case UNAUTHENTICATED -> reply.header("WWW-Authenticate", "Bearer");
            case UNAVAILABLE -> reply.header("Retry-After", "2");
            default -> reply;
        };
    }

    /** A problem document for what is no failure of the business: a body that is too large, a method that is not there. */
    public static Reply problem(int status, String title, String detail, JsonObject members) {
        JsonObject document = new JsonObject()
                .put("type", "urn:anban:problem:" + title.replace(' ', '-'))
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .mergeIn(members);
        return new Reply(status, document, Map.of("Content-Type", "application/problem+json"));
    }
}
