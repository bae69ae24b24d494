package org.anban.kit.edge;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.kit.http.Api;
import org.anban.kit.telemetry.HealthCheck;
import org.anban.kit.telemetry.Telemetry;

/** A started edge and a client. The token {@code token-of-ada} is Ada's. */
final class RunningEdge implements AutoCloseable {
    static final Principal ADA =
            new Principal("p-1", "ada", "Ada", Set.of(Role.OPERATOR), List.of("mentougou"), "session-1");

    final HttpEdge edge;
    private final Telemetry telemetry = Telemetry.create();
    private final Vertx vertx = telemetry.startVertx(new VertxOptions());
    private final HttpClient client = HttpClient.newHttpClient();

    RunningEdge(List<Api> apis, Site site, List<HealthCheck> checks) {
        boolean started = false;
        try {
            edge = HttpEdge.start(
                    vertx,
                    new HttpEdge.Parts(
                            "127.0.0.1",
                            0,
                            apis,
                            token -> token.equals("token-of-ada") ? Optional.of(ADA) : Optional.empty(),
                            site,
                            new Monitoring(telemetry.registry(), checks, false)));
            started = true;
        } finally {
            if (!started) {
                closeVertx();
            }
        }
    }

    Vertx vertx() {
        return vertx;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path));
    }

    HttpRequest.Builder asAda(String path) {
        return request(path).header("Authorization", "Bearer token-of-ada");
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return client.send(request.build(), body);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(asAda(path));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(withJson(asAda(path), json));
    }

    static HttpRequest.Builder withJson(HttpRequest.Builder request, String json) {
        return request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
    }

    static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    @Override
    public void close() {
        edge.close();
        closeVertx();
    }

    private void closeVertx() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        telemetry.close();
    }
}
