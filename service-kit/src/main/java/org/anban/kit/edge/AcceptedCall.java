package org.anban.kit.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.anban.contracts.access.Principal;
import org.anban.contracts.error.CareException;
import org.anban.kit.http.Call;
import org.jspecify.annotations.Nullable;

/** A request as the contract accepted it, copied so that a worker thread may read it. */
final class AcceptedCall implements Call {
    private final @Nullable Principal principal;
    private final @Nullable String token;
    private final Map<String, String> path;
    private final Map<String, String> query;
    private final MultiMap headers;
    private final @Nullable Object body;
    private final String rawBody;
    private final String remoteAddress;

    /** @throws CareException INVALID for what no contract can rule out */
    AcceptedCall(RoutingContext context, ValidatedRequest request, @Nullable Principal who, @Nullable String token) {
        this.principal = who;
        this.token = token;
        this.path = text(request.getPathParameters());
        this.query = text(request.getQuery());
        HttpServerRequest raw = context.request();
        this.headers = MultiMap.caseInsensitiveMultiMap().addAll(raw.headers());
        this.body = request.getBody() == null ? null : request.getBody().get();
        refuseNul("body", body);
        Buffer bytes = context.body().buffer();
        this.rawBody = bytes == null ? "" : bytes.toString();
        this.remoteAddress =
                raw.remoteAddress() == null ? "" : raw.remoteAddress().hostAddress();
    }

    @Override
    public Principal principal() {
        if (principal == null) {
            throw CareException.of(CareException.Kind.UNAUTHENTICATED, "log in first");
        }
        return principal;
    }

    @Override
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the contract has no path parameter " + name);
        }
        return value;
    }

    @Override
    public @Nullable String query(String name) {
        return query.get(name);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public JsonObject body() {
        return body instanceof JsonObject object ? object : new JsonObject();
    }

    @Override
    public String rawBody() {
        return rawBody;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public @Nullable String token() {
        return token;
    }

    /** U+0000 is valid in JSON, and in no text that PostgreSQL can hold. */
    private static void refuseNul(String name, @Nullable Object value) {
        if (value instanceof String text && text.indexOf('\0') >= 0) {
            throw CareException.invalid(name + ": a text without the character U+0000");
        }
        if (value instanceof JsonObject object) {
            for (Map.Entry<String, Object> member : object) {
                refuseNul("the name of a field", member.getKey());
                refuseNul(member.getKey(), member.getValue());
            }
        }
        if (value instanceof JsonArray array) {
            array.forEach(item -> refuseNul(name, item));
        }
    }

    private static Map<String, String> text(Map<String, RequestParameter> parameters) {
        Map<String, String> text = new HashMap<>();
        parameters.forEach((name, value) -> {
            if (value != null && value.get() != null) {
                text.put(name, text(value.get()));
            }
        });
        return text;
    }

    private static String text(Object value) {
        return value instanceof JsonArray array
                ? array.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }
}
