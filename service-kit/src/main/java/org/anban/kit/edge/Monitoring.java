package org.anban.kit.edge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anban.contracts.error.CareException;
import org.anban.kit.http.Reply;
import org.anban.kit.telemetry.HealthCheck;

/**
 * {@code /health/live}, {@code /health/ready} and {@code /metrics}.
 *
 * @param metricsForAll whether {@code /metrics} is shown to others than this machine
 */
public record Monitoring(PrometheusMeterRegistry registry, List<HealthCheck> checks, boolean metricsForAll) {
    public Monitoring {
        checks = List.copyOf(checks);
    }

    void mount(Router router, Workers workers) {
        router.get("/health/live")
                .handler(context -> Answers.write(context, Reply.ok(new JsonObject().put("status", "UP"))));
        router.get("/health/ready").handler(context -> answer(context, workers, "health", this::ready));
        router.get("/metrics").handler(context -> {
            boolean allowed = metricsForAll || isThisMachine(context.request());
            answer(context, workers, "metrics", () -> metrics(allowed));
        });
    }

    private static void answer(RoutingContext context, Workers workers, String what, Callable<Reply> work) {
        workers.run(work)
                .onSuccess(reply -> Answers.write(context, reply))
                .onFailure(failure -> Answers.fail(context, what, failure));
    }

    private Reply ready() {
        boolean allWell = true;
        JsonArray results = new JsonArray();
        for (HealthCheck check : checks) {
            Optional<String> problem = ask(check);
            allWell &= problem.isEmpty();
            JsonObject result =
                    new JsonObject().put("name", check.name()).put("status", problem.isEmpty() ? "UP" : "DOWN");
            problem.ifPresent(words -> result.put("problem", words));
            results.add(result);
        }
        JsonObject body =
                new JsonObject().put("status", allWell ? "UP" : "DOWN").put("checks", results);
        return new Reply(allWell ? 200 : 503, body, Map.of());
    }

    private static Optional<String> ask(HealthCheck check) {
        try {
            return check.problem().get();
        } catch (RuntimeException e) {
            return Optional.of("the check itself failed: " + e.getClass().getSimpleName());
        }
    }

    private Reply metrics(boolean allowed) {
        if (!allowed) {
            throw CareException.forbidden("metrics are shown to this machine only");
        }
        return new Reply(200, registry.scrape(), Map.of())
                .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    }

    /** What a proxy on this machine passes on does not come from this machine. */
    private static boolean isThisMachine(HttpServerRequest request) {
        if (request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null) {
            return false;
        }
        try {
            return request.remoteAddress() != null
                    && InetAddress.getByName(request.remoteAddress().hostAddress())
                            .isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
