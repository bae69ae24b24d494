package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.GatewayUnderTest;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relays that speak for their children, and vendors' accounts that speak for watches. */
@Timeout(120)
class SpeakersTest {
    private static final String EMERGENCY = "{\"action\":\"emergency\",\"battery\":80,\"linkquality\":51}";

    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        gateway = GatewayUnderTest.start(Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aChildsAlarmAndItsReadingsAreLoggedForItsOwnSubject(int version) throws Exception {
        String key = gateway.registerSpeaker("hub" + version, SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("hub" + version, "bath/button", "zb" + version);
        try (RawClient hub = RawClient.connected(gateway.port(), version, "hub" + version, key)) {
            hub.send(hub.publish("zigbee2mqtt/bath/button", 1, 7, EMERGENCY));
            assertThat(hub.next()).isEqualTo("400007");
        }
        List<LogEntry> alarms = gateway.logged(Lane.ALARM, "zb" + version);
        assertThat(alarms).hasSize(1);
        assertThat(((DeviceReport) alarms.get(0).event()).kind()).isEqualTo(ReportKind.SOS);
        assertThat(alarms.get(0).subject()).isEqualTo(SubjectId.resident("r-zb" + version));
        List<LogEntry> readings = gateway.logged(Lane.TELEMETRY, "zb" + version);
        assertThat(readings).hasSize(1);
        assertThat(((Readings) readings.get(0).event()).values().get(Signal.BATTERY))
                .isEqualTo(80);
    }

    @Test
    void theSameFriendlyNameIsAnotherDeviceInAnotherHome() throws Exception {
        String first = gateway.registerSpeaker("home-1", SenderKind.RELAY, "zigbee2mqtt");
        String second = gateway.registerSpeaker("home-2", SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("home-1", "kitchen", "smoke-1");
        gateway.list("home-2", "kitchen", "smoke-2");
        try (RawClient one = RawClient.connected(gateway.port(), 4, "home-1", first);
                RawClient two = RawClient.connected(gateway.port(), 4, "home-2", second)) {
            two.send(two.publish("zigbee2mqtt/kitchen", 1, 1, "{\"smoke\":true}"));
            assertThat(two.next()).isEqualTo("400001");
            one.send(one.publish("zigbee2mqtt/kitchen", 1, 1, "{\"smoke\":false}"));
            assertThat(one.next()).isEqualTo("400001");
        }
        assertThat(gateway.logged(Lane.ALARM, "smoke-2")).hasSize(1);
        assertThat(gateway.logged(Lane.ALARM, "smoke-1")).isEmpty();
    }

    @Test
    void whoIsNotOnTheListIsSetAsideAndItsAlarmIsShown() throws Exception {
        String key = gateway.registerSpeaker("hub-strange", SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("hub-strange", "known", "zb-known");
        try (RawClient hub = RawClient.connected(gateway.port(), 5, "hub-strange", key)) {
            hub.send(
                    hub.publish("zigbee2mqtt/stranger", 1, 1, "{\"battery\":3}"),
                    hub.publish("zigbee2mqtt/stranger", 1, 2, EMERGENCY),
                    hub.publish("zigbee2mqtt/known", 1, 3, "{\"battery\":88}"));
            assertThat(hub.next()).as("never again").startsWith("40000187");
            assertThat(hub.next()).startsWith("40000287");
            assertThat(hub.next()).isEqualTo("400003");
        }
        assertThat(gateway.unstored()
                        .poll(30, java.util.concurrent.TimeUnit.SECONDS)
                        .value())
                .isEqualTo("hub-strange");
        assertThat(gateway.logged(Lane.TELEMETRY, "zb-known")).hasSize(1);
        Eventually.until("it is counted", () -> gateway.setAside("hub-strange", "unlisted") == 2);
        Eventually.until("its alarm too", () -> gateway.setAside("hub-strange", "unlisted-alarm") == 1);
    }

    @Test
    void aRelayOfTheOlderProtocolIsNotCutOffForAStranger() throws Exception {
        String key = gateway.registerSpeaker("hub-older", SenderKind.RELAY, "zigbee2mqtt");
        try (RawClient hub = RawClient.connected(gateway.port(), 4, "hub-older", key)) {
            hub.send(hub.publish("zigbee2mqtt/stranger", 1, 1, "{\"battery\":3}"));
            assertThat(hub.next()).isEqualTo("400001");
            hub.send(
                    hub.publish("zigbee2mqtt/bridge/state", 1, 2, "{\"state\":\"online\"}"),
                    hub.publish("care/v1/hub-older/event", 1, 3, "{\"type\":\"mains-lost\"}"));
            assertThat(hub.next()).isEqualTo("400002");
            assertThat(hub.next()).isEqualTo("400003");
            hub.send(hub.publish("zigbee3mqtt/stranger", 1, 4, "{}"));
            assertThat(hub.next()).isEqualTo("closed");
        }
        assertThat(gateway.logged(Lane.TELEMETRY, "hub-older")).hasSize(1);
    }

    @Test
    void whoIsPutOnTheListMeanwhileIsHeardWithoutAReconnection() throws Exception {
        String key = gateway.registerSpeaker("hub-grows", SenderKind.RELAY, "zigbee2mqtt");
        try (RawClient hub = RawClient.connected(gateway.port(), 5, "hub-grows", key)) {
            gateway.list("hub-grows", "new", "zb-new");
            Eventually.until("it is heard", () -> {
                hub.send(hub.publish("zigbee2mqtt/new", 1, 1, "{\"battery\":50}"));
                return hub.next().equals("400001");
            });
        }
        assertThat(gateway.logged(Lane.TELEMETRY, "zb-new")).isNotEmpty();
    }

    @Test
    void aRelayMaySubscribeToItsCommandsAndInsistOnItsOwnTopics() throws Exception {
        String key = gateway.registerSpeaker("hub-listens", SenderKind.RELAY, "zigbee2mqtt");
        try (RawClient hub = RawClient.connected(gateway.port(), 5, "hub-listens", key)) {
            hub.send(hub.subscribe(1, "care/v1/hub-listens/command"));
            assertThat(hub.next()).isEqualTo("9000010001");
            hub.send(hub.subscribe(2, "zigbee2mqtt/#"));
            assertThat(hub.next()).isEqualTo("9000020001");
            hub.send(hub.subscribe(3, "care/v1/another/command"));
            assertThat(hub.next()).isEqualTo("9000030087");
        }
    }

    @Test
    void aStateThatLastsIsReportedWhenItBeginsAndEachTenMinutes() throws Exception {
        String key = gateway.registerSpeaker("hub-smoke", SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("hub-smoke", "hall", "zb-hall");
        try (RawClient hub = RawClient.connected(gateway.port(), 4, "hub-smoke", key)) {
            say(hub, "hall", "{\"smoke\":true,\"temperature\":21}");
            say(hub, "hall", "{\"smoke\":true,\"temperature\":22}");
            say(hub, "hall", "{\"smoke\":true,\"temperature\":22,\"linkquality\":80}");
            assertThat(gateway.logged(Lane.ALARM, "zb-hall")).hasSize(1);
            assertThat(gateway.logged(Lane.TELEMETRY, "zb-hall"))
                    .as("its readings")
                    .hasSize(3);
            say(hub, "hall", "{\"smoke\":false}");
            say(hub, "hall", "{\"smoke\":true}");
            assertThat(gateway.logged(Lane.ALARM, "zb-hall")).hasSize(2);
        }
        gateway.time().advance(Duration.ofMinutes(11));
        try (RawClient hub = RawClient.connected(gateway.port(), 4, "hub-smoke", key)) {
            say(hub, "hall", "{\"smoke\":true}");
            say(hub, "hall", "{\"smoke\":true}");
        }
        assertThat(gateway.logged(Lane.ALARM, "zb-hall")).hasSize(3);
    }

    @Test
    void everyActionIsAnEventAndADoorIsLoggedWhenItMoves() throws Exception {
        String key = gateway.registerSpeaker("hub-door", SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("hub-door", "button", "zb-button");
        gateway.list("hub-door", "door", "zb-door");
        try (RawClient hub = RawClient.connected(gateway.port(), 4, "hub-door", key)) {
            say(hub, "button", EMERGENCY);
            say(hub, "button", EMERGENCY);
            say(hub, "door", "{\"contact\":false,\"linkquality\":80}");
            say(hub, "door", "{\"contact\":false,\"linkquality\":90}");
            say(hub, "door", "{\"contact\":true,\"linkquality\":80}");
            say(hub, "door", "{\"contact\":true,\"linkquality\":90}");
            say(hub, "door", "{\"contact\":false,\"linkquality\":80}");
        }
        assertThat(gateway.logged(Lane.ALARM, "zb-button")).hasSize(2);
        assertThat(gateway.logged(Lane.TELEMETRY, "zb-door").stream()
                        .map(LogEntry::event)
                        .filter(DeviceReport.class::isInstance)
                        .map(event -> ((DeviceReport) event).kind()))
                .containsExactly(ReportKind.DOOR_OPENED, ReportKind.DOOR_CLOSED, ReportKind.DOOR_OPENED);
    }

    private static void say(RawClient hub, String name, String state) throws Exception {
        hub.send(hub.publish("zigbee2mqtt/" + name, 1, 9, state));
        assertThat(hub.next()).isEqualTo("400009");
    }

    @Test
    void theLoopingChildDoesNotSilenceTheOthersAndAlarmsHaveNoQuota() throws Exception {
        String key = gateway.registerSpeaker("hub-loops", SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("hub-loops", "mad", "zb-mad");
        gateway.list("hub-loops", "sane", "zb-sane");
        try (RawClient hub = RawClient.connected(gateway.port(), 5, "hub-loops", key)) {
            for (int i = 1; i <= 150; i++) {
                hub.send(hub.publish("zigbee2mqtt/mad", 1, i, "{\"battery\":50}"));
                assertThat(hub.next()).startsWith("4000");
            }
            hub.send(hub.publish("zigbee2mqtt/sane", 1, 200, "{\"battery\":50}"));
            assertThat(hub.next()).isEqualTo("4000c8");
            hub.send(hub.publish("zigbee2mqtt/mad", 1, 201, "{\"battery\":50}"));
            assertThat(hub.next()).isEqualTo("4000c997");
            hub.send(hub.publish("zigbee2mqtt/mad", 1, 202, "{\"smoke\":true}"));
            assertThat(hub.next()).isEqualTo("4000ca");
        }
        Eventually.until("it is counted under the child", () -> gateway.setAside("zb-mad", "over-quota") > 0);
        assertThat(gateway.setAside("hub-loops", "over-quota")).isZero();
    }

    @Test
    void aVendorsAccountSpeaksForTheWatchThatThePayloadNames() throws Exception {
        String key = gateway.registerSpeaker("kati-1", SenderKind.ACCOUNT, "kati");
        gateway.list("kati-1", "865067123456789", "kw-1");
        try (RawClient account = RawClient.connected(gateway.port(), 4, "kati-1", key)) {
            account.send(
                    account.publish("iMEDE_watch/VitalSign", 1, 1, vital("865067123456789")),
                    account.publish("iMEDE_watch/VitalSign", 1, 2, vital("999")),
                    account.publish("iMEDE_watch/SOS", 1, 3, "{\"status\":\"SOS\",\"IMEI\":\"865067123456789\"}"));
            assertThat(account.next()).isEqualTo("400001");
            assertThat(account.next()).isEqualTo("400002");
            assertThat(account.next()).isEqualTo("400003");
        }
        assertThat(gateway.logged(Lane.ALARM, "kw-1")).hasSize(1);
        LogEntry first = gateway.logged(Lane.TELEMETRY, "kw-1").get(0);
        assertThat(first.subject()).isEqualTo(SubjectId.resident("r-kw-1"));
        assertThat(first.event().time().at()).isEqualTo(GatewayUnderTest.START.minusSeconds(15));
        Eventually.until("the stranger is counted", () -> gateway.setAside("kati-1", "unlisted") == 1);
    }

    private static String vital(String imei) {
        return "{\"IMEI\":\"" + imei + "\",\"heartRate\":71,\"timeStamps\":\"05/01/2026 08:29:45\"}";
    }

    @Test
    void ofABlockedChildOnlyAlarmsCount() throws Exception {
        String key = gateway.registerSpeaker("hub-block", SenderKind.RELAY, "zigbee2mqtt");
        gateway.list("hub-block", "button", "zb-blocked");
        gateway.stand("zb-blocked", Standing.BLOCKED);
        try (RawClient hub = RawClient.connected(gateway.port(), 4, "hub-block", key)) {
            hub.send(hub.publish("zigbee2mqtt/button", 1, 1, EMERGENCY));
            assertThat(hub.next()).isEqualTo("400001");
        }
        assertThat(gateway.logged(Lane.ALARM, "zb-blocked")).hasSize(1);
        assertThat(gateway.logged(Lane.TELEMETRY, "zb-blocked")).isEmpty();
        Eventually.until("it is counted", () -> gateway.setAside("zb-blocked", "blocked") == 1);
    }
}
