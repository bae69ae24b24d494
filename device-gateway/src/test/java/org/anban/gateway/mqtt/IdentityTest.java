package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.Standing;
import org.anban.contracts.event.Lane;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.GatewayUnderTest;
import org.anban.gateway.credential.DeviceCredentials;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestEdge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys through their lives, claims, and devices that may no longer come. */
@Timeout(120)
class IdentityTest {
    private static GatewayUnderTest gateway;
    private static TestEdge edge;

    @BeforeAll
    static void start() {
        gateway = GatewayUnderTest.start(Duration.ofSeconds(10));
        edge = new TestEdge(List.of(gateway.gateway().api()), token -> java.util.Optional.of(person(token)));
    }

    @AfterAll
    static void stop() {
        edge.close();
        gateway.close();
    }

    private static Principal person(String token) {
        Role role = token.equals("admin") ? Role.ADMINISTRATOR : Role.OPERATOR;
        return new Principal("p-" + token, token, token, Set.of(role), List.of(""), "s");
    }

    @Test
    void theOldKeyStaysGoodUntilTheNewOneWasUsed() throws Exception {
        String old = gateway.register("rotated");
        assertThat(answer("rotated", old)).isEqualTo("200000");
        String fresh = newKey("rotated", new JsonObject());
        assertThat(answer("rotated", old)).as("it has not heard of the new one").isEqualTo("200000");
        assertThat(answer("rotated", fresh)).isEqualTo("200000");
        assertThat(answer("rotated", old)).as("now it is over").isEqualTo("200004");
        assertThat(answer("rotated", fresh)).isEqualTo("200000");
    }

    @Test
    void theOldKeyEndsWithTheOverlap() throws Exception {
        String old = gateway.register("overlap");
        assertThat(answer("overlap", old)).isEqualTo("200000");
        newKey("overlap", new JsonObject().put("overlapHours", 0));
        assertThat(answer("overlap", old)).isEqualTo("200004");
    }

    @Test
    void aSecondNewKeyLeavesTheOneInUseGood() throws Exception {
        String inUse = gateway.register("twice");
        assertThat(answer("twice", inUse)).isEqualTo("200000");
        String lost = newKey("twice", new JsonObject());
        String arrived = newKey("twice", new JsonObject());
        assertThat(answer("twice", lost)).isEqualTo("200004");
        assertThat(answer("twice", inUse)).isEqualTo("200000");
        assertThat(answer("twice", arrived)).isEqualTo("200000");
    }

    @Test
    void aRevokedKeyEndsTheConnectionThatItOpened() throws Exception {
        String key = gateway.register("revoked");
        try (RawClient device = RawClient.connected(gateway.port(), 5, "revoked", key)) {
            assertThat(edge.send(edge.request("/api/v1/devices/revoked/key", "admin")
                                    .DELETE())
                            .statusCode())
                    .isEqualTo(204);
            assertThat(device.next()).startsWith("e087");
        }
        assertThat(answer("revoked", key)).isEqualTo("200005");
        assertThat(gateway.audited()).anyMatch(line -> line.contains("device.key-revoked"));
    }

    @Test
    void aConnectionThatBeganAfterItsKeyWasRevokedEndsAndOneWithANewKeyGoesOn() throws Exception {
        gateway.register("forgiven");
        gateway.gateway().credentials().revoke(new DeviceId("forgiven"));
        String fresh = gateway.gateway().credentials().issue(new DeviceId("forgiven"));
        String key = gateway.register("overtaken");
        DeviceCredentials earlier = new DeviceCredentials(
                gateway.database().database(), new SettableTime(GatewayUnderTest.START.minusSeconds(600)));
        try (RawClient kept = RawClient.connected(gateway.port(), 5, "forgiven", fresh);
                RawClient ended = RawClient.connected(gateway.port(), 5, "overtaken", key)) {
            earlier.revoke(new DeviceId("overtaken"));
            assertThat(ended.next()).startsWith("e087");
            kept.send(kept.publish("care/v1/forgiven/telemetry", 1, 1, "{\"heartRate\":70}"));
            assertThat(kept.next()).startsWith("40");
        }
    }

    @Test
    void onlyAnAdministratorIssuesKeys() throws Exception {
        gateway.register("guarded");
        HttpResponse<String> refused =
                edge.send(TestEdge.withJson(edge.request("/api/v1/devices/guarded/key", "operator"), "{}"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(post("/api/v1/devices/nobody-knows/key", new JsonObject()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDeviceThatMayOnlyUseItsCertificateHasNoGoodKey() throws Exception {
        String key = gateway.register("certified-only");
        HttpResponse<String> put = edge.send(edge.request("/api/v1/devices/certified-only/credential", "admin")
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"accepts\":\"CERTIFICATE\"}")));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(answer("certified-only", key)).isEqualTo("200004");
    }

    @Test
    void aBlockedDeviceIsRefusedAndItsConnectionEnds() throws Exception {
        String key = gateway.register("stolen");
        try (RawClient device = RawClient.connected(gateway.port(), 5, "stolen", key)) {
            gateway.stand("stolen", Standing.BLOCKED);
            assertThat(device.next()).startsWith("e098");
        }
        assertThat(answer5("stolen", key)).startsWith("20008a");
        assertThat(answer("stolen", key)).isEqualTo("200005");
        assertThat(answer("stolen", "guess"))
                .as("whoever has no key learns nothing")
                .isEqualTo("200004");
        Eventually.until("it is counted", () -> gateway.setAside("stolen", "blocked") >= 2);
        gateway.stand("stolen", Standing.RETIRED);
        assertThat(answer("stolen", key)).isEqualTo("200005");
    }

    @Test
    void aLostDeviceIsHeard() throws Exception {
        String key = gateway.register("lost");
        gateway.stand("lost", Standing.LOST);
        try (RawClient device = RawClient.connected(gateway.port(), 4, "lost", key)) {
            device.send(device.publish("care/v1/lost/event", 1, 1, "{\"type\":\"sos\"}"));
            assertThat(device.next()).isEqualTo("400001");
        }
        assertThat(gateway.logged(Lane.ALARM, "lost")).hasSize(1);
    }

    @Test
    void aDeviceIsClaimedOnceAndMayTryAgainUntilItHasUsedItsKey() throws Exception {
        Batch batch = batch("batch-1", "claim-1");
        String first = claim("claim-1", batch);
        String second = claim("claim-1", batch);
        assertThat(second).as("the power was cut, it came again").isNotEqualTo(first);
        assertThat(answer("claim-1", second)).isEqualTo("200000");
        assertThat(answer("claim-1", batch.password("claim-1")))
                .as("somebody else")
                .isEqualTo("200005");
        Eventually.until("it is reported", () -> gateway.setAside("claim-1", "claimed-already") == 1);
        assertThat(answer("claim-1", second)).isEqualTo("200000");
        assertThat(row("batch-1").getString("claimedAt")).isNotNull();
        String everything = gateway.database().database().inTransaction(handle -> handle.createQuery(
                        "select coalesce(string_agg(body, ''), '') from gateway.command where device = 'claim-1'")
                .mapTo(String.class)
                .one());
        assertThat(everything).as("a key is written nowhere").isEmpty();
    }

    @Test
    void whoOnlyClaimsSaysNothingElse() throws Exception {
        Batch batch = batch("batch-2", "claim-2");
        try (RawClient device = RawClient.open(gateway.port(), 5)) {
            device.send(device.connect("claim-2", batch.password("claim-2"), true, 60));
            assertThat(device.next()).startsWith("200000");
            device.send(device.publish("care/v1/claim-2/telemetry", 1, 1, "{\"heartRate\":70}"));
            assertThat(device.next()).startsWith("40000187");
        }
        assertThat(gateway.logged(Lane.TELEMETRY, "claim-2")).isEmpty();
    }

    @Test
    void wrongCodesAreCountedAndRefusedForAWhileButTheRightOneWins() throws Exception {
        Batch batch = batch("batch-3", "claim-3");
        for (int i = 0; i < 10; i++) {
            assertThat(answer("claim-3", batch.key() + ":AAAA-AAAA-AAA" + i)).startsWith("20000");
        }
        assertThat(answer("claim-3", batch.key() + ":AAAA-AAAA-AAAB"))
                .as("locked")
                .isEqualTo("200005");
        assertThat(row("batch-3").getInteger("wrongCodes")).isEqualTo(10);
        assertThat(answer("claim-3", "not the batch key:" + batch.code("claim-3")))
                .isNotEqualTo("200000");
        assertThat(answer("claim-3", batch.password("claim-3")))
                .as("whoever has read the batch key keeps no device from its home")
                .isEqualTo("200000");
        gateway.time().advance(Duration.ofMinutes(61));
        assertThat(answer("claim-3", batch.password("claim-3").toLowerCase(java.util.Locale.ROOT)))
                .as("the key is as it is")
                .isNotEqualTo("200000");
        assertThat(answer("claim-3", batch.key() + ":" + batch.code("claim-3").toLowerCase(java.util.Locale.ROOT)))
                .as("the code as somebody types it")
                .isEqualTo("200000");
    }

    @Test
    void anotherDevicesCodeIsNoGoodAndNeitherIsAClosedBatch() throws Exception {
        Batch batch = batch("batch-4", "claim-4a", "claim-4b");
        assertThat(answer("claim-4a", batch.key() + ":" + batch.code("claim-4b")))
                .isEqualTo("200004");
        gateway.stand("claim-4b", Standing.BLOCKED);
        assertThat(answer("claim-4b", batch.password("claim-4b"))).isEqualTo("200005");
        gateway.time().advance(Duration.ofDays(91));
        assertThat(answer("claim-4a", batch.password("claim-4a"))).isEqualTo("200005");
    }

    private record Batch(String key, JsonArray codes) {
        String code(String device) {
            return codes.stream()
                    .map(JsonObject.class::cast)
                    .filter(each -> each.getString("device").equals(device))
                    .findFirst()
                    .orElseThrow()
                    .getString("code");
        }

        String password(String device) {
            return key + ":" + code(device);
        }
    }

    private static Batch batch(String id, String... devices) throws Exception {
        for (String device : devices) {
            gateway.bind(device, SubjectId.resident("r-" + device));
        }
        HttpResponse<String> made = post(
                "/api/v1/device-batches",
                new JsonObject().put("id", id).put("devices", new JsonArray(List.of(devices))));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonObject body = new JsonObject(made.body());
        return new Batch(body.getString("batchKey"), body.getJsonArray("codes"));
    }

    private static JsonObject row(String batch) throws Exception {
        String body = edge.send(edge.request("/api/v1/device-batches/" + batch, "admin"))
                .body();
        return new JsonObject(body).getJsonArray("items").getJsonObject(0);
    }

    /** Connects with the batch's key and the code, and takes the key of its own from its command topic. */
    private static String claim(String device, Batch batch) throws IOException {
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect(device, batch.password(device), true, 60));
            assertThat(client.next()).isEqualTo("200000");
            client.send(client.subscribe(1, "care/v1/" + device + "/command"));
            assertThat(client.next()).isEqualTo("90000101");
            byte[] publish = HexFormat.of().parseHex(client.next());
            int start = 1 + 2 + ("care/v1/" + device + "/command").length();
            client.send(new byte[] {0x40, 2, publish[start], publish[start + 1]});
            String json = new String(publish, start + 2, publish.length - start - 2, StandardCharsets.UTF_8);
            JsonObject command = new JsonObject(json);
            assertThat(command.getString("type")).isEqualTo("credential");
            return command.getString("key");
        }
    }

    private static String newKey(String device, JsonObject body) throws Exception {
        HttpResponse<String> made = post("/api/v1/devices/" + device + "/key", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new JsonObject(made.body()).getString("key");
    }

    private static HttpResponse<String> post(String path, JsonObject body) throws Exception {
        return edge.send(TestEdge.withJson(edge.request(path, "admin"), body.encode()));
    }

    private static String answer(String device, String key) throws IOException {
        return answer(4, device, key);
    }

    private static String answer5(String device, String key) throws IOException {
        return answer(5, device, key);
    }

    private static String answer(int version, String device, String key) throws IOException {
        try (RawClient client = RawClient.open(gateway.port(), version)) {
            client.send(client.connect(device, key, true, 60));
            return client.next();
        }
    }
}
