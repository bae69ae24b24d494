package org.anban.platform;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anban.kit.edge.HttpEdge;
import org.anban.kit.edge.Monitoring;
import org.anban.kit.edge.Site;
import org.anban.kit.telemetry.Telemetry;

/** The platform's API on a real port, and a client that knows nothing but HTTP. */
public final class PlatformOverHttp implements AutoCloseable {
    private final Telemetry telemetry = Telemetry.create();
    private final Vertx vertx = telemetry.startVertx(new VertxOptions());
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpEdge edge;

    public PlatformOverHttp(CarePlatform platform) {
        edge = HttpEdge.start(
                vertx,
                new HttpEdge.Parts(
                        "127.0.0.1",
                        0,
                        List.of(platform.api()),
                        platform.sessions(),
                        Site.NONE,
                        new Monitoring(telemetry.registry(), List.of(), false)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + "/api/v1" + path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public HttpResponse<String> get(String token, String path) {
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    public HttpResponse<String> send(String token, String method, String path, JsonObject body) {
        return send(json(request(path), method, body).header("Authorization", "Bearer " + token));
    }

    public HttpResponse<String> login(String username, String password) {
        JsonObject body = new JsonObject().put("username", username).put("password", password);
        return send(json(request("/sessions"), "POST", body));
    }

    /** A token of somebody of the demo district. */
    public String tokenOf(String username) {
        return json(login(username, PlatformFixture.PASSWORD)).getString("token");
    }

    public static HttpRequest.Builder json(HttpRequest.Builder request, String method, JsonObject body) {
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()));
    }

    public static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    @Override
    public void close() {
        edge.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
        telemetry.close();
    }
}
