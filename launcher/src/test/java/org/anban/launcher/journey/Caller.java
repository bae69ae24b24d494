package org.anban.launcher.journey;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.anban.kit.testing.Eventually;

/** A program that is logged in and uses the public API. */
public final class Caller {
    private static final Set<String> VISIT_OVER = Set.of("DONE", "CANCELLED");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private String token = "";

    private Caller(String url) {
        this.url = url;
    }

    static Caller logIn(String url, String username, String password) {
        Caller caller = new Caller(url);
        caller.token = caller.post(
                        "/sessions", new JsonObject().put("username", username).put("password", password))
                .getString("token");
        return caller;
    }

    public JsonObject get(String path) {
        return send(request(path).GET());
    }

    public JsonObject post(String path, JsonObject body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    /** The open incidents that the caller may see. */
    public List<JsonObject> open() {
        return get("/incidents?state=open").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    public Optional<JsonObject> openOf(String subject) {
        return open().stream()
                .filter(row -> row.getString("subject").equals(subject))
                .findFirst();
    }

    public JsonObject awaitOpen(String subject) {
        Eventually.until("an incident of " + subject, () -> openOf(subject).isPresent());
        return openOf(subject).orElseThrow();
    }

    /** Does one act with the version that is current now. */
    public JsonObject act(String incident, String action, JsonObject body) {
        String path = "/incidents/" + incident;
        body.put("version", get(path).getInteger("version"))
                .put("commandId", UUID.randomUUID().toString());
        return post(path + "/" + action, body).getJsonObject("incident");
    }

    /** Takes and closes whatever is open, as a test. */
    public void clearTheDesk() {
        for (JsonObject row : open()) {
            String id = row.getString("id");
            for (Object each : get("/incidents/" + id).getJsonArray("dispatches")) {
                JsonObject dispatch = (JsonObject) each;
                if (!VISIT_OVER.contains(dispatch.getString("state"))) {
                    act(
                            id,
                            "dispatch",
                            new JsonObject()
                                    .put("dispatchId", dispatch.getString("id"))
                                    .put("state", "CANCELLED"));
                }
            }
            act(id, "take", new JsonObject());
            act(id, "close", new JsonObject().put("disposition", "TEST").put("noVisitReason", "the test is over"));
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonObject send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(
                        answer.request().uri() + " answered " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? new JsonObject() : new JsonObject(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
