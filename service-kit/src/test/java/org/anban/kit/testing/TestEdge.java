package org.anban.kit.testing;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.access.SessionDirectory;
import org.anban.kit.edge.HttpEdge;
import org.anban.kit.edge.Monitoring;
import org.anban.kit.edge.Site;
import org.anban.kit.http.Api;
import org.anban.kit.telemetry.HealthCheck;
import org.anban.kit.telemetry.Telemetry;

/** A started HTTP edge on a free port, and a client for it. Contracts are enforced as in production. */
public final class TestEdge implements AutoCloseable {
    private final Telemetry telemetry = Telemetry.create();
    private final Vertx vertx = telemetry.startVertx(new VertxOptions());
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpEdge edge;

    public TestEdge(List<Api> apis, SessionDirectory sessions) {
        this(apis, sessions, Site.NONE, List.of());
    }

    public TestEdge(List<Api> apis, SessionDirectory sessions, Site site, List<HealthCheck> checks) {
        boolean started = false;
        try {
            Monitoring monitoring = new Monitoring(telemetry.registry(), checks, false);
            edge = HttpEdge.start(vertx, new HttpEdge.Parts("127.0.0.1", 0, apis, sessions, site, monitoring));
            started = true;
        } finally {
            if (!started) {
                closeVertx();
            }
        }
    }

    public HttpEdge edge() {
        return edge;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** A request to finish and {@link #send}; GET unless said otherwise. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path));
    }

    /** A request of somebody who is logged in. */
    public HttpRequest.Builder request(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    public static HttpRequest.Builder withJson(HttpRequest.Builder request, String json) {
        return request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends it and reads the body in a way of one's own, as for an event stream. */
    public <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return client.send(request.build(), body);
    }

    /** Sends it and does not wait for the answer. */
    public CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public static JsonObject json(HttpResponse<String> response) {
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
