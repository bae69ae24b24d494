package org.anban.launcher.bench;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An operator's live stream without a browser: notes when a subject's incident first appears. */
final class ConsoleProbe implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Map<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();
    private final InputStream stream;

    ConsoleProbe(String url, String username, String password) throws IOException, InterruptedException {
        this.url = url;
        String token = logIn(username, password);
        stream = http.send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/incidents/stream"))
                                .header("Authorization", "Bearer " + token)
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
        CountDownLatch open = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(open), "console-probe");
        reader.setDaemon(true);
        reader.start();
        if (!open.await(10, TimeUnit.SECONDS)) {
            throw new IOException("the live stream does not begin");
        }
    }

    private String logIn(String username, String password) throws IOException, InterruptedException {
        JsonObject who = new JsonObject().put("username", username).put("password", password);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/sessions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(who.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("login: " + answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body()).getString("token");
    }

    private void read(CountDownLatch open) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:") && line.endsWith("open-set")) {
                    open.countDown();
                } else if (line.startsWith("data:")) {
                    note(System.nanoTime(), line.substring("data:".length()));
                }
            }
        } catch (IOException e) {
            // closed by us at the end
        }
    }

    private void note(long at, String data) {
        String subject = new JsonObject(data).getString("subject");
        CompletableFuture<Long> wanted = subject == null ? null : awaited.get(subject);
        if (wanted != null) {
            wanted.complete(at);
        }
    }

    /** To be called before the alarm is sent. */
    void expect(String subject) {
        awaited.put(subject, new CompletableFuture<>());
    }

    /** When the subject's incident was first seen, by {@link System#nanoTime}. */
    long seenAt(String subject) throws InterruptedException {
        try {
            return awaited.getOrDefault(subject, new CompletableFuture<>()).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no incident of " + subject + " within 30 s", e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
