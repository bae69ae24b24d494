package org.anban.launcher.journey;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.anban.kit.testing.Eventually;
import org.jspecify.annotations.Nullable;

/** A program that is logged in and uses the public API. */
public final class Caller {
    private static final Set<String> VISIT_OVER = Set.of("DONE", "CANCELLED");

    /** What the API said, whatever it was. */
    public record Answer(int status, JsonObject body) {
        /** Why not, or nothing. */
        public String detail() {
            return body.getString("detail", "");
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private String token = "";

    private Caller(String url) {
        this.url = url;
    }

    /** Somebody who is not logged in. */
    public static Caller anybody(String url) {
        return new Caller(url);
    }

    static Caller logIn(String url, String username, String password) {
        Caller caller = new Caller(url);
        caller.token = caller.post(
                        "/sessions", new JsonObject().put("username", username).put("password", password))
                .getString("token");
        return caller;
    }

    public JsonObject get(String path) {
        return good("GET", path, null);
    }

    public JsonObject post(String path, JsonObject body) {
        return good("POST", path, body);
    }

    /** Asks, and takes any answer. */
    public Answer ask(String method, String path, @Nullable JsonObject body) {
        return askWith(method, path, body == null ? null : body.encode());
    }

    /** The same with a body that need not be JSON. */
    public Answer askWith(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = request(path);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(), answer.body().isEmpty() ? new JsonObject() : new JsonObject(answer.body()));
    }

    /** An answer that does not end. */
    InputStream stream(String path) {
        HttpResponse<InputStream> answer =
                send(request(path).header("Accept", "text/event-stream"), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** The open incidents that the caller may see. */
    public List<JsonObject> open() {
        return incidents("open");
    }

    /** Incidents that the caller may see. */
    public List<JsonObject> incidents(String state) {
        return get("/incidents?state=" + state).getJsonArray("items").stream()
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

    /** The row of an incident, open or not. */
    public JsonObject row(String incident) {
        return incidents("all").stream()
                .filter(row -> row.getString("id").equals(incident))
                .findFirst()
                .orElseThrow();
    }

    /** Does one act with the version that is current now. */
    public JsonObject act(String incident, String action, JsonObject body) {
        Answer answer = tryTo(incident, action, body);
        if (answer.status() != 200) {
            throw new AssertionError(action + " was answered with " + answer.status() + " " + answer.body());
        }
        return answer.body().getJsonObject("incident");
    }

    /** The same, and takes any answer; a version or a command id that is in the body stays. */
    public Answer tryTo(String incident, String action, JsonObject body) {
        JsonObject whole = body.copy();
        if (!whole.containsKey("version")) {
            whole.put("version", row(incident).getInteger("version"));
        }
        if (!whole.containsKey("commandId")) {
            whole.put("commandId", UUID.randomUUID().toString());
        }
        return ask("POST", "/incidents/" + incident + "/" + action, whole);
    }

    /** Takes the whole case, having seen all that is in it. */
    public JsonObject take(String incident) {
        String caseId = row(incident).getString("caseId");
        JsonArray seen = new JsonArray();
        open().stream()
                .filter(each -> each.getString("caseId").equals(caseId))
                .forEach(each -> seen.add(
                        new JsonObject().put("id", each.getString("id")).put("version", each.getInteger("version"))));
        return act(incident, "take", new JsonObject().put("alsoSeen", seen));
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
            take(id);
            act(id, "close", new JsonObject().put("disposition", "TEST").put("noVisitReason", "the test is over"));
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonObject good(String method, String path, @Nullable JsonObject body) {
        Answer answer = ask(method, path, body);
        if (answer.status() >= 300) {
            throw new AssertionError(path + " answered " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
