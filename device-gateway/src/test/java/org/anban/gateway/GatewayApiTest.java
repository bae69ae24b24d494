package org.anban.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.access.SessionDirectory;
import org.anban.contracts.event.Lane;
import org.anban.gateway.mqtt.DeviceSocket;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestEdge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway's API behind the real edge, with its contract enforced. */
@Timeout(60)
class GatewayApiTest {
    private static final SessionDirectory SESSIONS = token -> switch (token) {
        case "operator" -> Optional.of(person(Role.OPERATOR, List.of("mentougou")));
        case "elsewhere" -> Optional.of(person(Role.OPERATOR, List.of("mentougou/longquan")));
        case "family" -> Optional.of(person(Role.FAMILY, List.of()));
        default -> Optional.empty();
    };

    private static GatewayUnderTest gateway;
    private static TestEdge edge;

    @BeforeAll
    static void start() {
        gateway = GatewayUnderTest.start(Duration.ofSeconds(10));
        edge = new TestEdge(List.of(gateway.gateway().api()), SESSIONS);
    }

    @AfterAll
    static void stop() {
        edge.close();
        gateway.close();
    }

    @Test
    void aCommandIsLeftForADeviceAndCanBeFollowed() throws Exception {
        HttpResponse<String> created =
                post("operator", "/api/v1/devices/w-1/commands", "{\"type\":\"find\",\"seconds\":3}");
        assertThat(created.statusCode()).isEqualTo(201);
        JsonArray items = items("/api/v1/devices/w-1/commands");
        assertThat(items).hasSize(1);
        JsonObject command = items.getJsonObject(0);
        assertThat(command.getString("id")).isEqualTo(new JsonObject(created.body()).getString("id"));
        assertThat(command.getJsonObject("command").getInteger("seconds")).isEqualTo(3);
        assertThat(command.getString("state")).isEqualTo("queued");
    }

    @Test
    void aCommandThatSaysNothingIsRefused() throws Exception {
        assertThat(post("operator", "/api/v1/devices/w-1/commands", "{\"seconds\":3}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("operator", "/api/v1/devices/w-1/commands", "{\"type\":\"find\",\"expiresInSeconds\":0}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void onlyStaffSendCommandsAndSeeTheFleet() throws Exception {
        assertThat(post("family", "/api/v1/devices/w-1/commands", "{\"type\":\"find\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("family", "/api/v1/fleet").statusCode()).isEqualTo(403);
        assertThat(get("family", "/api/v1/set-aside").statusCode()).isEqualTo(403);
        assertThat(get("nobody", "/api/v1/fleet").statusCode()).isEqualTo(401);
    }

    @Test
    void staffOfAnotherAreaFindNeitherADeviceNorWhatItSent() throws Exception {
        String key = gateway.register("theirs");
        try (DeviceSocket device = DeviceSocket.connected(gateway.port(), "theirs", key)) {
            assertThat(device.publish("telemetry", "{\"heartRate\":4000}")).isTrue();
        }
        Eventually.until(
                "the number was counted",
                () -> items("/api/v1/devices/theirs/set-aside").size() == 1);
        String own = "/api/v1/devices/theirs";
        assertThat(get("elsewhere", own + "/set-aside").statusCode()).isEqualTo(404);
        assertThat(get("elsewhere", own + "/commands").statusCode()).isEqualTo(404);
        assertThat(post("elsewhere", own + "/commands", "{\"type\":\"find\"}").statusCode())
                .isEqualTo(404);
        for (String list : List.of("/api/v1/fleet", "/api/v1/set-aside")) {
            assertThat(get("operator", list).body()).contains("theirs");
            assertThat(get("elsewhere", list).body()).doesNotContain("theirs");
        }
    }

    @Test
    void theFleetSaysWhoIsConnectedAndWhatWasSetAside() throws Exception {
        String key = gateway.register("seen");
        try (DeviceSocket device = DeviceSocket.connected(gateway.port(), "seen", key)) {
            assertThat(device.publish("telemetry", "{\"heartRate\":4000}")).isTrue();
            assertThat(seen().getBoolean("connected")).isTrue();
        }
        Eventually.until("it is gone", () -> !seen().getBoolean("connected"));
        Eventually.until(
                "the number was counted",
                () -> items("/api/v1/devices/seen/set-aside").size() == 1);
        JsonObject counted = items("/api/v1/devices/seen/set-aside").getJsonObject(0);
        assertThat(counted.getString("reason")).isEqualTo("implausible");
        assertThat(counted.getString("lastExample")).contains("4000");
    }

    @Test
    void whatADevicePublishedIsReadBackAsASeries() throws Exception {
        String key = gateway.register("series");
        try (DeviceSocket device = DeviceSocket.connected(gateway.port(), "series", key)) {
            assertThat(device.publish("telemetry", "{\"heartRate\":72,\"at\":\"2026-01-05T08:20:00+08:00\"}"))
                    .isTrue();
        }
        long newest = gateway.log().newest(Lane.TELEMETRY);
        Eventually.until("stored", () -> gateway.gateway().storedBatch() >= newest);
        HttpResponse<String> answer = get(
                "operator",
                "/api/v1/subjects/resident:r-series/readings?signal=heartRate&from=2026-01-05T00:00:00Z&to=2026-01-05T08:30:00%2B08:00");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonArray("items"))
                .containsExactly(
                        new JsonObject().put("at", "2026-01-05T00:20:00Z").put("value", 72.0));
        assertThat(get("operator", "/api/v1/subjects/resident:r-series/readings?signal=heartRate")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aCorrectedReadingReplacesTheFirstAndOtherSignalsOfTheInstantStay() throws Exception {
        String key = gateway.register("corrected");
        String at = ",\"at\":\"2026-01-05T08:20:00+08:00\"}";
        try (DeviceSocket device = DeviceSocket.connected(gateway.port(), "corrected", key)) {
            assertThat(device.publish("telemetry", "{\"systolic\":180,\"heartRate\":72" + at))
                    .isTrue();
            assertThat(device.publish("telemetry", "{\"spo2\":97" + at)).isTrue();
            stored(); // what follows comes in a block of its own
            assertThat(device.publish("telemetry", "{\"systolic\":131" + at)).isTrue();
            assertThat(device.publish("telemetry", "{\"systolic\":131" + at)).isTrue();
        }
        stored();
        assertThat(series("corrected", "systolic")).containsExactly(131.0);
        assertThat(series("corrected", "heartRate")).containsExactly(72.0);
        assertThat(series("corrected", "spo2")).containsExactly(97.0);
    }

    private static void stored() {
        long newest = gateway.log().newest(Lane.TELEMETRY);
        Eventually.until("stored", () -> gateway.gateway().storedBatch() >= newest);
    }

    private static List<Double> series(String device, String signal) throws Exception {
        return items("/api/v1/subjects/resident:r-" + device + "/readings?signal=" + signal
                        + "&from=2026-01-05T00:00:00Z&to=2026-01-05T01:00:00Z")
                .stream()
                .map(item -> ((JsonObject) item).getDouble("value"))
                .toList();
    }

    private static JsonObject seen() throws Exception {
        return items("/api/v1/fleet").stream()
                .map(JsonObject.class::cast)
                .filter(item -> item.getString("device").equals("seen"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonArray items(String path) throws Exception {
        return new JsonObject(get("operator", path).body()).getJsonArray("items");
    }

    private static HttpResponse<String> get(String token, String path) throws Exception {
        return edge.send(edge.request(path, token));
    }

    private static HttpResponse<String> post(String token, String path, String body) throws Exception {
        return edge.send(TestEdge.withJson(edge.request(path, token), body));
    }

    private static Principal person(Role role, List<String> areas) {
        return new Principal("p", "p", "P", Set.of(role), areas, "s");
    }
}
