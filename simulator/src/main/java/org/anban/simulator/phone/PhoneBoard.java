package org.anban.simulator.phone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.anban.simulator.SimulatorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider of telephone calls on this machine: takes the alert service's signed webhooks at {@link #url()}, and calls
 * nobody. A notice that comes again with the same idempotency key is taken again and rings no second time.
 */
public final class PhoneBoard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PhoneBoard.class);
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_KEPT = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final InstantSource time;
    private final WebhookSignature signature;
    private final Consumer<Ring> onRing;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "phone-board");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Ring> rings = new ArrayDeque<>();
    private final Set<String> known = new LinkedHashSet<>();

    private PhoneBoard(HttpServer server, String secret, InstantSource time, Consumer<Ring> onRing) {
        this.server = server;
        this.time = time;
        this.signature = new WebhookSignature(secret);
        this.onRing = onRing;
        server.createContext("/notices", this::handle);
        server.setExecutor(workers);
        server.start();
    }

    /**
     * @param port 0 for a free one
     * @param onRing told of each telephone that rings, once; must not block for long
     * @throws SimulatorException when the port is taken
     */
    public static PhoneBoard start(int port, String secret, InstantSource time, Consumer<Ring> onRing) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
            return new PhoneBoard(server, secret, time, onRing);
        } catch (IOException e) {
            throw new SimulatorException("the phone board cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Where the alert service sends its notices. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/notices");
    }

    /** What rang, oldest first. */
    public List<Ring> rings() {
        synchronized (rings) {
            return List.copyOf(rings);
        }
    }

    /**
     * Tells the API what became of a notice, signed as a provider does.
     *
     * @param state e.g. {@code delivered} or {@code failed}
     * @return the status of the answer
     */
    public int sendReceipt(URI api, Ring ring, String state) throws InterruptedException {
        String body = JSON.createObjectNode().put("state", state).toString();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/api/v1/notices/" + ring.notice() + "/receipt"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header(WebhookSignature.HEADER, signature.sign(ring.notice(), bytes, time.instant()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new SimulatorException("the receipt could not be delivered: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status(exchange), -1);
        }
    }

    private int status(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return 413;
        }
        String header = exchange.getRequestHeaders().getFirst(WebhookSignature.HEADER);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null || !signature.holds(header, key, body, time.instant())) {
            LOG.warn("a notice was refused: its signature does not hold");
            return 401;
        }
        try {
            ring(JSON.readTree(body), key);
            return 204;
        } catch (JsonProcessingException e) {
            LOG.warn("a notice was refused: it is no JSON");
            return 400;
        }
    }

    private void ring(JsonNode notice, String key) {
        Ring ring = new Ring(
                time.instant(),
                notice.path("notice").asText(),
                notice.path("incident").asText(),
                notice.path("purpose").asText(),
                notice.path("priority").asText(),
                notice.path("kind").asText(),
                notice.path("recipient").path("name").asText(),
                notice.path("recipient").path("number").asText(),
                notice.path("text").asText());
        synchronized (rings) {
            if (!known.add(key)) {
                return;
            }
            rings.addLast(ring);
            if (rings.size() > MOST_KEPT) {
                rings.removeFirst();
            }
        }
        onRing.accept(ring);
    }
}
