package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.gateway.GatewayUnderTest;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestEdge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the fleet list tells of devices that behave well, badly and strangely. */
@Timeout(120)
class FleetTest {
    private static final Principal OPERATOR =
            new Principal("p", "p", "P", Set.of(Role.OPERATOR), List.of("mentougou"), "s");
    private static final String SOS = "{\"type\":\"sos\"}";

    private final GatewayUnderTest gateway = GatewayUnderTest.start(Duration.ofSeconds(10));
    private TestEdge edge = edge();

    private TestEdge edge() {
        return new TestEdge(List.of(gateway.gateway().api()), token -> Optional.of(OPERATOR));
    }

    @AfterEach
    void stop() {
        edge.close();
        gateway.close();
    }

    private void restart() {
        edge.close();
        gateway.restart();
        edge = edge();
    }

    @Test
    void aDeviceIsShownWithWhatItSaidOfItself() throws Exception {
        String key = gateway.register("w-1");
        try (DeviceSocket watch = DeviceSocket.connected(gateway.port(), "w-1", key)) {
            assertThat(device("w-1").getBoolean("connected")).isTrue();
            gateway.time().advance(Duration.ofSeconds(7));
            assertThat(watch.publish(
                            "telemetry", "{\"heartRate\":72,\"battery\":88,\"signalQuality\":91,\"worn\":true}"))
                    .isTrue();

            JsonObject shown = device("w-1");
            assertThat(shown.getString("lastHeard")).isEqualTo("2026-01-05T00:30:07Z");
            assertThat(shown.getString("since")).isEqualTo("2026-01-05T00:30:00Z");
            assertThat(shown.getInteger("battery")).isEqualTo(88);
            assertThat(shown.getInteger("signalQuality")).isEqualTo(91);
            assertThat(shown.getBoolean("worn")).isTrue();
            assertThat(shown.getString("model")).isEqualTo("W1");
            assertThat(shown.getJsonArray("states")).isEmpty();

            assertThat(watch.publish("telemetry", "{\"battery\":20}")).isTrue();
            assertThat(watch.publish("event", "{\"type\":\"taken-off\"}")).isTrue();
            assertThat(device("w-1").getJsonArray("states")).containsExactly("low-battery");
            assertThat(device("w-1").getBoolean("worn")).isFalse();
        }
        Eventually.until("it is gone", () -> !device("w-1").getBoolean("connected"));
        assertThat(device("w-1").getJsonArray("states")).contains("disconnected");
    }

    @Test
    void aRelaysChildIsShownWithWhoSpokeForIt() throws Exception {
        String key = gateway.registerSpeaker("hub", SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("hub", "bath", "zb-1");
        try (RawClient hub = RawClient.connected(gateway.port(), 4, "hub", key)) {
            gateway.time().advance(Duration.ofSeconds(7));
            hub.send(hub.publish("zigbee2mqtt/bath", 1, 1, "{\"battery\":77}"));
            assertThat(hub.next()).isEqualTo("400001");
        }
        JsonObject child = device("zb-1");
        assertThat(child.getString("relay")).isEqualTo("hub");
        assertThat(child.getString("lastHeard")).isEqualTo("2026-01-05T00:30:07Z");
        assertThat(child.getInteger("battery")).isEqualTo(77);
        assertThat(child.getJsonArray("states")).doesNotContain("disconnected");
        assertThat(device("hub").getString("relay")).isNull();
    }

    @Test
    void whatWasKnownOfADeviceIsKnownAfterARestart() throws Exception {
        String key = gateway.register("w-1");
        try (DeviceSocket watch = DeviceSocket.connected(gateway.port(), "w-1", key)) {
            assertThat(watch.publish("telemetry", "{\"battery\":15,\"heartRate\":70}"))
                    .isTrue();
        }
        restart();
        assertThat(device("w-1").getInteger("battery")).isEqualTo(15);

        try (DeviceSocket watch = DeviceSocket.connected(gateway.port(), "w-1", key)) {
            assertThat(watch.publish("telemetry", "{\"spo2\":97}")).isTrue();
            JsonObject shown = device("w-1");
            assertThat(shown.getInteger("battery")).isEqualTo(15);
            assertThat(shown.getJsonArray("signals")).hasSize(3);
        }
    }

    @Test
    void whoWasConnectedToAProcessThatWasKilledIsNotConnected() throws Exception {
        gateway.database()
                .database()
                .inTransaction(handle -> handle.execute("insert into gateway.presence (device, connected, changed_at,"
                        + " heard_at) values ('ghost', true, '2026-01-05T00:00:00Z', '2026-01-05T00:10:00Z')"));
        restart();
        assertThat(device("ghost").getBoolean("connected")).isFalse();
        assertThat(device("ghost").getString("since")).isEqualTo("2026-01-05T00:10:00Z");
    }

    @Test
    void aSignalIsSilentWhenItsPromiseIsBrokenAndADeviceWhenItsModelsIntervalIs() throws Exception {
        String key = gateway.register("w-1");
        try (DeviceSocket watch = DeviceSocket.connected(gateway.port(), "w-1", key)) {
            assertThat(watch.publish(
                            "telemetry", "[{\"n\":\"heartRate\",\"v\":70,\"ut\":60},{\"n\":\"spo2\",\"v\":97}]"))
                    .isTrue();
            gateway.time().advance(Duration.ofSeconds(179));
            assertThat(watch.publish("telemetry", "[{\"n\":\"spo2\",\"v\":97,\"ut\":600}]"))
                    .isTrue();
            assertThat(device("w-1").getJsonArray("states")).isEmpty();
            gateway.time().advance(Duration.ofSeconds(2));
            JsonObject shown = device("w-1");
            assertThat(shown.getJsonArray("silentSignals")).containsExactly("heartRate");
            assertThat(shown.getJsonArray("states")).containsExactly("silent");
        }
        String other = gateway.register("w-2");
        DeviceSocket.connected(gateway.port(), "w-2", other).close();
        gateway.time().advance(Duration.ofMinutes(15));
        assertThat(device("w-2").getJsonArray("states")).doesNotContain("silent");
        gateway.time().advance(Duration.ofSeconds(1));
        assertThat(device("w-2").getJsonArray("states")).contains("silent");
    }

    @Test
    void anAlarmAtQos0IsTakenCountedAndShown() throws Exception {
        String key = gateway.register("b-1");
        try (RawClient button = RawClient.connected(gateway.port(), 4, "b-1", key)) {
            button.send(button.publish("care/v1/b-1/event", 1, 1, SOS));
            assertThat(button.next()).isEqualTo("400001");
            assertThat(device("b-1").getValue("alarmsAtQos0")).isNull();
            button.send(button.publish("care/v1/b-1/event", 0, 0, SOS));
            button.send(button.publish("care/v1/b-1/event", 0, 0, "{\"type\":\"door-opened\"}"));
            Eventually.until("it is counted", () -> device("b-1").getValue("alarmsAtQos0") != null);
        }
        Eventually.until("it is taken", () -> gateway.logged(Lane.ALARM, "b-1").size() == 2);
        restart();
        try (RawClient button = RawClient.connected(gateway.port(), 4, "b-1", key)) {
            button.send(button.publish("care/v1/b-1/event", 0, 0, SOS));
            Eventually.until(
                    "both are counted, and nothing else",
                    () -> device("b-1").getJsonObject("alarmsAtQos0").getInteger("count") == 2);
        }
        assertThat(ids(fleet("?state=may-be-lost"))).containsExactly("b-1");
        gateway.time().advance(Duration.ofDays(6));
        assertThat(ids(fleet("?state=may-be-lost"))).containsExactly("b-1");
        gateway.time().advance(Duration.ofDays(1));
        assertThat(fleet("?state=may-be-lost").getJsonArray("items"))
                .as("it was set to QoS 1 meanwhile, or is gone")
                .isEmpty();
        assertThat(device("b-1").getJsonObject("alarmsAtQos0").getInteger("count"))
                .as("what was, is still told")
                .isEqualTo(2);
    }

    @Test
    void manyShortConnectionsAreOneStateAndNotManyChanges() throws Exception {
        String flaps = gateway.register("flaps");
        String polite = gateway.register("polite");
        for (int i = 0; i < 6; i++) {
            assertThat(fleet("?state=flapping").getJsonArray("items")).isEmpty();
            gateway.time().advance(Duration.ofSeconds(5));
            DeviceSocket.connected(gateway.port(), "flaps", flaps).close();
            Eventually.until("it is gone", () -> !device("flaps").getBoolean("connected"));
            try (RawClient client = RawClient.connected(gateway.port(), 4, "polite", polite)) {
                client.send(RawClient.DISCONNECT);
                assertThat(client.next()).isEqualTo("closed");
            }
        }
        JsonArray flapping = fleet("?state=flapping").getJsonArray("items");
        assertThat(flapping).hasSize(1);
        JsonObject shown = flapping.getJsonObject(0);
        assertThat(shown.getString("device")).isEqualTo("flaps");
        assertThat(shown.getInteger("shortConnections")).isEqualTo(6);
        assertThat(shown.getString("since")).isEqualTo("2026-01-05T00:30:30Z");

        restart();
        gateway.time().advance(Duration.ofMinutes(10));
        try (DeviceSocket stays = DeviceSocket.connected(gateway.port(), "flaps", flaps)) {
            assertThat(stays.publish("telemetry", "{\"heartRate\":70}")).isTrue();
            assertThat(device("flaps").getString("since")).isEqualTo("2026-01-05T00:30:30Z");
            gateway.time().advance(Duration.ofMinutes(20));
            assertThat(device("flaps").getJsonArray("states")).doesNotContain("flapping");
        }
    }

    @Test
    void twoDevicesWithOneIdAreFoundAndTheAlarmsOfBothAreTaken() throws Exception {
        String key = gateway.register("twin");
        List<RawClient> all = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                RawClient next =
                        RawClient.connectedFrom(i % 2 == 0 ? "127.0.0.1" : "127.0.0.2", gateway.port(), "twin", key);
                all.add(next);
                next.send(next.publish("care/v1/twin/event", 1, 1, "{\"id\":\"e-" + i + "\",\"type\":\"sos\"}"));
                assertThat(next.next()).isEqualTo("400001");
                gateway.time().advance(Duration.ofSeconds(20));
            }
            Eventually.until("it is found", () -> device("twin").getValue("clone") != null);
        } finally {
            close(all);
        }
        JsonObject clone = device("twin").getJsonObject("clone");
        assertThat(clone.getInteger("addresses")).isEqualTo(2);
        assertThat(clone.getInteger("takeOvers")).isGreaterThanOrEqualTo(3);
        assertThat(device("twin").getJsonArray("states")).contains("clone");
        assertThat(gateway.logged(Lane.ALARM, "twin")).hasSize(5);
        Eventually.until("it is counted", () -> gateway.setAside("twin", "clone") == 1);
        Eventually.until("staff are told, once", () -> clonesTold("twin") == 1);

        restart();
        assertThat(device("twin").getJsonObject("clone")).isEqualTo(clone);
        gateway.time().advance(Duration.ofHours(25));
        assertThat(device("twin").getValue("clone")).isNull();
    }

    private long clonesTold(String device) throws InterruptedException {
        return gateway.logged(Lane.TELEMETRY, device).stream()
                .filter(entry -> entry.event() instanceof DeviceReport report && report.kind() == ReportKind.CLONED)
                .count();
    }

    @Test
    void noDeviceSaysItselfThatItIsTwo() throws Exception {
        String key = gateway.register("liar");
        try (RawClient device = RawClient.connected(gateway.port(), 5, "liar", key)) {
            device.send(device.publish("care/v1/liar/event", 1, 1, "{\"type\":\"cloned\"}"));
            assertThat(device.next()).startsWith("40000199");
        }
        assertThat(clonesTold("liar")).isZero();
    }

    @Test
    void twoDevicesBehindOneAddressAreFoundToo() throws Exception {
        String key = gateway.register("twin");
        RawClient one = RawClient.connected(gateway.port(), 4, "twin", key);
        for (int i = 0; i < 4; i++) {
            RawClient other = RawClient.connected(gateway.port(), 4, "twin", key);
            assertThat(one.next()).as("it is told, and answers").isEqualTo("closed");
            one.close();
            one = other;
        }
        one.close();
        Eventually.until("it is found", () -> device("twin").getValue("clone") != null);
    }

    @Test
    void aWatchThatLeavesDeadConnectionsBehindIsNoClone() throws Exception {
        String key = gateway.register("roams");
        List<RawClient> dead = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                RawClient next = RawClient.connected(gateway.port(), 4, "roams", key);
                dead.add(next); // its network is gone: it neither speaks nor closes any more
                next.send(next.publish("care/v1/roams/telemetry", 1, 1, "{\"heartRate\":70}"));
                assertThat(next.next()).isEqualTo("400001");
                gateway.time().advance(Duration.ofSeconds(10));
            }
            for (int i = 0; i < 7; i++) { // the last word: every take-over is over now
                assertThat(dead.get(i).next()).isEqualTo("closed");
            }
            assertThat(device("roams").getValue("clone")).isNull();
            assertThat(device("roams").getBoolean("connected")).isTrue();
        } finally {
            close(dead);
        }
    }

    @Test
    void aWatchThatComesFromANewAddressEachTimeIsNoClone() throws Exception {
        String key = gateway.register("roams");
        List<RawClient> dead = new ArrayList<>();
        try {
            for (int i = 1; i <= 6; i++) {
                RawClient next = RawClient.connectedFrom("127.0.0." + i, gateway.port(), "roams", key);
                dead.add(next);
                next.send(next.publish("care/v1/roams/telemetry", 1, 1, "{\"heartRate\":70}"));
                assertThat(next.next()).isEqualTo("400001");
            }
            assertThat(dead.get(4).next()).isEqualTo("closed");
            assertThat(device("roams").getValue("clone")).isNull();
        } finally {
            close(dead);
        }
    }

    @Test
    void theListIsFilteredCountedAndReadInPages() throws Exception {
        for (int i = 1; i <= 5; i++) {
            String key = gateway.register("w-" + i);
            try (DeviceSocket watch = DeviceSocket.connected(gateway.port(), "w-" + i, key)) {
                assertThat(watch.publish("telemetry", "{\"battery\":" + i * 10 + "}"))
                        .isTrue();
            }
        }
        Eventually.until(
                "all are gone", () -> fleet("").getJsonObject("summary").getInteger("connected") == 0);

        JsonObject low = fleet("?state=low-battery");
        assertThat(ids(low)).containsExactly("w-1", "w-2");
        assertThat(low.getInteger("matching")).isEqualTo(2);
        assertThat(low.getJsonObject("summary").getInteger("devices")).isEqualTo(5);
        assertThat(low.getJsonObject("summary").getInteger("low-battery")).isEqualTo(2);
        assertThat(ids(fleet("?limit=2&offset=1"))).containsExactly("w-2", "w-3");
        assertThat(ids(fleet("?model=W1"))).hasSize(5);
        assertThat(ids(fleet("?model=W2"))).isEmpty();
        assertThat(ids(fleet("?area=mentougou"))).hasSize(5);
        assertThat(ids(fleet("?area=mentougou/longquan"))).isEmpty();
        assertThat(edge.send(edge.request("/api/v1/fleet?state=happy", "operator"))
                        .statusCode())
                .isEqualTo(400);
    }

    private static void close(List<RawClient> clients) throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    private static List<String> ids(JsonObject fleet) {
        return fleet.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("device"))
                .toList();
    }

    private JsonObject device(String name) throws Exception {
        return fleet("").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(item -> item.getString("device").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject fleet(String query) throws Exception {
        return new JsonObject(
                edge.send(edge.request("/api/v1/fleet" + query, "operator")).body());
    }
}
