package org.anban.simulator.publicapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.demo.Login;
import org.jspecify.annotations.Nullable;

/** A logged-in person's use of the API. Thread-safe; every call may block for some seconds. */
public final class CareApi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final URI base;
    private final String token;

    private CareApi(HttpClient client, URI base, String token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    /** @throws SimulatorException when the API does not answer or refuses the login */
    public static CareApi login(URI base, Login login) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        CareApi nobody = new CareApi(client, base, "");
        ObjectNode body = object().put("username", login.username()).put("password", login.password());
        return new CareApi(
                client,
                base,
                nobody.call("POST", "/api/v1/sessions", body).path("token").asText());
    }

    /** @param state {@code open} for everything that has not ended, {@code taken}, {@code closed} or {@code all} */
    public List<IncidentRow> incidents(String state) {
        List<IncidentRow> rows = new ArrayList<>();
        call("GET", "/api/v1/incidents?state=" + state, null)
                .path("items")
                .forEach(each -> rows.add(IncidentRow.of(each)));
        return rows;
    }

    /** Id and area of each device of the stock. */
    public Map<String, String> areasOfDevices() {
        Map<String, String> areas = new LinkedHashMap<>();
        @Nullable String after = "";
        while (after != null) {
            JsonNode page = call("GET", "/api/v1/devices?limit=1000" + after, null);
            page.path("items")
                    .forEach(device -> areas.put(
                            device.path("id").asText(), device.path("area").asText("")));
            String next = page.path("next").asText("");
            after = next.isEmpty() || page.path("next").isNull() ? null : "&after=" + encoded(next);
        }
        return areas;
    }

    /** Who is behind an outage of many: a read that is recorded. */
    public JsonNode members(String id) {
        return call("GET", "/api/v1/incidents/" + encoded(id) + "/members", null)
                .path("items");
    }

    /** The whole case with file and story: a read that is recorded. */
    public JsonNode incident(String id) {
        return call("GET", "/api/v1/incidents/" + encoded(id), null);
    }

    /** Values of one signal in a span of time, newest last: {@code items} of {@code at}, {@code value}. */
    public JsonNode readings(String subject, String signal, Instant from, Instant to) {
        return call(
                "GET",
                "/api/v1/subjects/" + encoded(subject) + "/readings?signal=" + encoded(signal) + "&from=" + from
                        + "&to=" + to + "&limit=10000",
                null);
    }

    /** Takes the whole case, as somebody who sees the queue as it is now. */
    public IncidentRow take(IncidentRow row) {
        List<IncidentRow> others = incidents("open").stream()
                .filter(one -> one.subject().equals(row.subject()) && !one.id().equals(row.id()))
                .toList();
        return act(row, "take", fields -> {
            ArrayNode seen = fields.putArray("alsoSeen");
            others.forEach(one -> seen.addObject().put("id", one.id()).put("version", one.version()));
        });
    }

    /**
     * Records a call that was made; nothing is dialled.
     *
     * @throws SimulatorException when the number is an emergency number: no scenario pretends to have called one
     */
    public IncidentRow called(IncidentRow row, String number, String outcome, String text) {
        if (EmergencyNumbers.contains(number)) {
            throw new SimulatorException("a scenario never uses an emergency number");
        }
        return act(row, "call", fields -> {
            fields.putObject("to").put("kind", "resident").put("number", number);
            fields.put("outcome", outcome).put("text", text);
        });
    }

    public IncidentRow close(IncidentRow row, String disposition, String note) {
        return act(
                row, "close", fields -> fields.put("disposition", disposition).put("note", note));
    }

    private IncidentRow act(IncidentRow row, String action, Consumer<ObjectNode> fields) {
        ObjectNode body = object().put("version", row.version())
                .put("commandId", UUID.randomUUID().toString());
        fields.accept(body);
        JsonNode answer = call("POST", "/api/v1/incidents/" + encoded(row.id()) + "/" + action, body);
        return IncidentRow.of(answer.path("incident"));
    }

    private JsonNode call(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json, application/problem+json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        try {
            return judged(method + " " + path, client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new SimulatorException("no answer from " + base + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulatorException("interrupted while " + base + " was asked", e);
        }
    }

    private static JsonNode judged(String what, HttpResponse<String> response) throws IOException {
        JsonNode answer = response.body().isEmpty() ? object() : JSON.readTree(response.body());
        if (response.statusCode() / 100 != 2) {
            String detail = answer.path("detail").asText(answer.path("title").asText(""));
            throw new SimulatorException(
                    what + " was answered with " + response.statusCode() + (detail.isEmpty() ? "" : ": " + detail));
        }
        return answer;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
