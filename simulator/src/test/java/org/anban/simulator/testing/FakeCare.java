package org.anban.simulator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** The public API in little: one subject's SOS, which is open once a message was heard and which later ones join. */
public final class FakeCare implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService workers = Executors.newSingleThreadExecutor();
    private final LongSupplier heard;
    private final String subject;
    private final boolean joins;
    private String state = "OPEN";
    private int version = 1;
    public final List<String> requests = new ArrayList<>();

    /** @param heard how many alarms came so far */
    public FakeCare(String subject, boolean joins, LongSupplier heard) throws IOException {
        this.subject = subject;
        this.joins = joins;
        this.heard = heard;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::handle);
        server.setExecutor(workers);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add(what);
            JsonNode sent = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            boolean known = exchange.getRequestURI().getPath().equals("/api/v1/sessions")
                    || "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = known ? 200 : 401;
            ObjectNode answer =
                    known ? answer(what, sent) : JSON.createObjectNode().put("title", "who are you?");
            if (answer.has("status")) {
                status = answer.get("status").asInt();
            }
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private ObjectNode answer(String what, JsonNode sent) {
        ObjectNode answer = JSON.createObjectNode();
        if (what.equals("POST /api/v1/sessions")) {
            return sent.path("password").asText().equals("good")
                    ? answer.put("token", "secret")
                    : answer.put("status", 401).put("detail", "wrong user name or password");
        }
        if (what.startsWith("GET /api/v1/incidents?")) {
            boolean shown = heard.getAsLong() > 0 && (what.endsWith("all") || !state.equals("CLOSED"));
            var items = answer.putArray("items");
            if (shown) {
                items.add(row());
            }
            return answer;
        }
        if (what.startsWith("POST /api/v1/incidents/")) {
            return act(what.substring(what.lastIndexOf('/') + 1), sent, answer);
        }
        return row().set("file", JSON.createObjectNode().put("phone", "13900001001"));
    }

    private ObjectNode act(String action, JsonNode sent, ObjectNode answer) {
        if (sent.path("version").asInt() != version
                || sent.path("commandId").asText().isEmpty()) {
            return answer.put("status", 409).put("detail", "an old version");
        }
        version++;
        state = action.equals("close") ? "CLOSED" : "TAKEN";
        return answer.set("incident", row());
    }

    private ObjectNode row() {
        return JSON.createObjectNode()
                .put("id", "i-1")
                .put("state", state)
                .put("kind", "SOS")
                .put("priority", "P0")
                .put("subject", subject)
                .put("version", version)
                .put("joined", joins ? (int) heard.getAsLong() : 1);
    }
}
