package org.anban.platform;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.anban.kit.testing.TestEdge;

/** The platform's API on a real port, and a client that knows nothing but HTTP. */
public final class PlatformOverHttp implements AutoCloseable {
    private final TestEdge edge;

    public PlatformOverHttp(CarePlatform platform) {
        edge = new TestEdge(List.of(platform.api()), platform.sessions());
    }

    public HttpRequest.Builder request(String path) {
        return edge.request("/api/v1" + path);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return edge.send(request);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public HttpResponse<String> get(String token, String path) {
        return send(edge.request("/api/v1" + path, token));
    }

    public HttpResponse<String> send(String token, String method, String path, JsonObject body) {
        return send(json(edge.request("/api/v1" + path, token), method, body));
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
    }
}
