package org.anban.launcher.kill;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A person at work through everything: takes SOS incidents, and closes some of them. What got no answer is sent again with
 * the same command id until it gets one. Logged in once: a kill must not end a session.
 */
final class Operator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ATTEMPTS_WHEN_LEAVING = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String url;
    private final Random random;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final Map<String, Integer> closed = new ConcurrentHashMap<>();
    private final Map<String, Integer> unexpected = new ConcurrentHashMap<>();
    private final String token;
    private final Thread thread = new Thread(this::work, "operator");
    private volatile boolean leaving;

    Operator(String url, JsonObject login, Random random) throws IOException, InterruptedException {
        this.url = url;
        this.random = random;
        HttpResponse<String> answer = send(request("/api/v1/sessions").POST(body(login)));
        if (answer.statusCode() != 201) {
            throw new IOException("login: " + answer.statusCode() + " " + answer.body());
        }
        token = new JsonObject(answer.body()).getString("token");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ids of the incidents whose closing was confirmed, with the version that they then had. */
    Map<String, Integer> closed() {
        return Map.copyOf(closed);
    }

    /** How often taking an incident was confirmed. */
    Map<String, Integer> taken() {
        return Map.copyOf(taken);
    }

    /** Answers that no working system gives, by what they were. */
    Map<String, Integer> unexpected() {
        return Map.copyOf(unexpected);
    }

    private void work() {
        while (!leaving) {
            try {
                JsonObject row = pick();
                if (row != null) {
                    deal(row);
                }
            } catch (IOException e) {
                pause(100); // it is away; what is open is asked for again
            } catch (InterruptedException e) {
                return;
            }
            pause(20);
        }
    }

    private @Nullable JsonObject pick() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(request("/api/v1/incidents?state=open").GET());
        if (answer.statusCode() != 200) {
            return odd("list " + answer.statusCode());
        }
        var open = new JsonObject(answer.body())
                .getJsonArray("items").stream()
                        .map(JsonObject.class::cast)
                        .filter(row -> row.getString("kind").equals("SOS")
                                && !row.getString("state").equals("CANDIDATE"))
                        .toList();
        return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
    }

    private void deal(JsonObject row) throws InterruptedException {
        JsonObject mine = act(row, "take", new JsonObject());
        if (mine == null) {
            return;
        }
        taken.merge(mine.getString("id"), 1, Integer::sum);
        if (random.nextInt(3) == 0) {
            return; // somebody else's telephone rang
        }
        JsonObject person = new JsonObject().put("kind", "resident").put("number", "13900000000");
        JsonObject called = act(mine, "call", new JsonObject().put("to", person).put("outcome", "spoke"));
        JsonObject ended =
                called == null ? null : act(called, "close", new JsonObject().put("disposition", "ACCIDENTAL"));
        if (ended != null) {
            closed.put(ended.getString("id"), ended.getInteger("version"));
        }
    }

    /** Until there is an answer. Null if it has changed since; then the next look shows how it is. */
    private @Nullable JsonObject act(JsonObject row, String action, JsonObject fields) throws InterruptedException {
        JsonObject body = fields.put("version", row.getInteger("version"))
                .put("commandId", UUID.randomUUID().toString());
        while (!leaving) {
            try {
                HttpResponse<String> answer = send(request("/api/v1/incidents/" + row.getString("id") + "/" + action)
                        .POST(body(body)));
                if (answer.statusCode() == 200) {
                    return new JsonObject(answer.body()).getJsonObject("incident");
                }
                if (answer.statusCode() == 409) {
                    return null;
                }
                odd(action + " " + answer.statusCode());
            } catch (IOException e) {
                // killed in between: nobody knows whether it was done
            }
            pause(100);
        }
        return null;
    }

    /** 503 is what a system says whose database is away. */
    private @Nullable JsonObject odd(String what) {
        if (!what.endsWith("503")) {
            unexpected.merge(what, 1, Integer::sum);
        }
        pause(100);
        return null;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.BodyPublisher body(JsonObject json) {
        return HttpRequest.BodyPublishers.ofString(json.encode());
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Finishes what it is at, unless there is no answer. */
    void leave() {
        leaving = true;
        try {
            thread.join(ATTEMPTS_WHEN_LEAVING * PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    @Override
    public void close() {
        leave();
    }
}
