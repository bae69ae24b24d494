package org.anban.kit.edge;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anban.contracts.error.CareException;
import org.anban.kit.http.ProblemException;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers, and turns every failure into one: this is the only place that does. */
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final int REFERENCE_LENGTH = 8;
    private static final Pattern PARAMETER = Pattern.compile("parameter (\\S+) is");
    private static final int MOST_ERRORS = 10;

    private Answers() {}

    static void write(RoutingContext context, Reply reply) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            return;
        }
        response.setStatusCode(reply.status());
        response.putHeader("Cache-Control", "no-store");
        Object body = reply.body();
        if (body != null) {
            response.putHeader(
                    "Content-Type", body instanceof String ? "text/plain; charset=utf-8" : "application/json");
        }
        reply.headers().forEach(response::putHeader);
        if (body == null) {
            response.end();
        } else {
            response.end(body instanceof JsonObject object ? object.encode() : text(body));
        }
    }

    /** Answers a failure; what nobody expected is logged under a reference, which is all that the caller is told. */
    static void fail(RoutingContext context, String what, Throwable failure) {
        write(context, problem(what, failure));
    }

    static Reply problem(String what, Throwable failure) {
        if (failure instanceof CareException expected) {
            if (expected.kind() == CareException.Kind.UNAVAILABLE) {
                log.warn("{}: {}", what, expected.getMessage(), expected.getCause());
            }
            return Reply.problem(expected, new JsonObject());
        }
        if (failure instanceof ProblemException rich) {
            return rich.reply();
        }
        if (failure instanceof SchemaValidationException invalid) {
            return invalid(invalid);
        }
        if (failure instanceof ValidatorException invalid) {
            return Reply.problem(CareException.invalid(String.valueOf(invalid.getMessage())), new JsonObject());
        }
        if (failure instanceof DecodeException) {
            return Reply.problem(CareException.invalid("the body is not valid JSON"), new JsonObject());
        }
        if (failure instanceof HttpException http && http.getStatusCode() < 500) {
            return status(http.getStatusCode());
        }
        String reference = UUID.randomUUID().toString().substring(0, REFERENCE_LENGTH);
        log.error("{} failed unexpectedly, reference {}", what, reference, failure);
        return Reply.problem(
                500,
                "internal error",
                "something went wrong here; the log has more under the reference",
                new JsonObject().put("reference", reference));
    }

    static Reply status(int status) {
        return switch (status) {
            case 404 -> Reply.problem(CareException.notFound("there is nothing at this address"), new JsonObject());
            case 405 -> Reply.problem(405, "method not allowed", "this address takes other methods", new JsonObject());
            case 413 -> Reply.problem(413, "too large", "the body may have 1 MiB at most", new JsonObject());
            default -> Reply.problem(status, "bad request", "the request cannot be understood", new JsonObject());
        };
    }

    /** Names each field: {@code "errors":[{"field":"contacts.0.phone","problem":…}]}. */
    private static Reply invalid(SchemaValidationException invalid) {
        Matcher parameter = PARAMETER.matcher(String.valueOf(invalid.getMessage()));
        String prefix = parameter.find() ? parameter.group(1) : "";
        JsonArray errors = new JsonArray();
        for (OutputUnit error : innermost(invalid.getOutputUnit())) {
            String field = prefix.isEmpty() ? field(error.getInstanceLocation()) : prefix;
            errors.add(new JsonObject().put("field", field).put("problem", String.valueOf(error.getError())));
        }
        String detail = String.valueOf(invalid.getMessage());
        if (!errors.isEmpty()) {
            JsonObject first = errors.getJsonObject(0);
            String field = first.getString("field");
            detail = (field.isEmpty() ? "" : field + ": ") + first.getString("problem");
        }
        return Reply.problem(CareException.invalid(detail), new JsonObject().put("errors", errors));
    }

    /** Those at the field itself: the validator also reports each object around it. */
    private static List<OutputUnit> innermost(@Nullable OutputUnit unit) {
        List<OutputUnit> found = unit == null || unit.getErrors() == null ? List.of() : unit.getErrors();
        return found.stream()
                .filter(error -> found.stream()
                        .noneMatch(other -> lies(other.getInstanceLocation(), error.getInstanceLocation())))
                .filter(error ->
                        found.size() == 1 || !String.valueOf(error.getError()).endsWith("does not match schema"))
                .limit(MOST_ERRORS)
                .toList();
    }

    private static boolean lies(@Nullable String inner, @Nullable String outer) {
        return inner != null && outer != null && inner.length() > outer.length() && inner.startsWith(outer + "/");
    }

    private static String field(@Nullable String location) {
        String path = Objects.requireNonNullElse(location, "").replaceFirst("^#?/?", "");
        return path.replace('/', '.');
    }

    private static String text(Object body) {
        return body instanceof JsonArray array ? array.encode() : body.toString();
    }
}
