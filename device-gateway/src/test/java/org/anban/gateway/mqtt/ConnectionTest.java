package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.gateway.GatewayUnderTest;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state machine, byte for byte. */
@Timeout(60)
class ConnectionTest {
    private static final String HEART_RATE = "{\"heartRate\":72}";

    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        gateway = GatewayUnderTest.start(Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aPublishInTheSegmentOfConnectIsNotLost(int version) throws Exception {
        String device = "segment-" + version;
        String key = gateway.register(device);
        try (RawClient client = RawClient.open(gateway.port(), version)) {
            client.send(
                    client.connect(device, key, true, 60),
                    client.publish("care/v1/" + device + "/telemetry", 1, 7, HEART_RATE),
                    client.publish("care/v1/" + device + "/event", 1, 8, "{\"type\":\"sos\"}"));

            assertThat(client.next()).startsWith("200000");
            assertThat(client.next()).isEqualTo("400007");
            assertThat(client.next()).isEqualTo("400008");
        }
        assertThat(gateway.logged(Lane.TELEMETRY, device)).hasSize(1);
        assertThat(gateway.logged(Lane.ALARM, device)).hasSize(1);
    }

    @Test
    void whatFollowsAWrongKeyIsNeverLogged() throws Exception {
        gateway.register("segment-wrong");
        try (RawClient client = RawClient.open(gateway.port(), 5)) {
            client.send(
                    client.connect("segment-wrong", "guess", true, 60),
                    client.publish("care/v1/segment-wrong/event", 1, 8, "{\"type\":\"sos\"}"));
            assertThat(client.next()).startsWith("200086");
            assertThat(client.next()).isEqualTo("closed");
        }
        assertThat(gateway.logged(Lane.ALARM, "segment-wrong")).isEmpty();
        Eventually.until("it is counted", () -> gateway.setAside("segment-wrong", "wrong-key") == 1);
    }

    @Test
    void refusalsCarryTheCodeOfTheirVersion() throws Exception {
        gateway.register("coded");
        assertThat(answerTo(4, "coded", "guess")).isEqualTo("200004");
        assertThat(answerTo(5, "coded", "guess")).startsWith("200086");
        assertThat(answerTo(4, "stranger", "guess")).isEqualTo("200005");
        assertThat(answerTo(5, "stranger", "guess")).startsWith("200087");
        assertThat(answerTo(4, "not an id", "guess")).isEqualTo("200002");
        assertThat(answerTo(5, "not an id", "guess")).startsWith("200085");
        assertThat(answerTo(4, "coded", "")).isEqualTo("200005");
    }

    @Test
    void theRightKeyIsLetInWhateverElseCameFromItsAddress() throws Exception {
        String key = gateway.register("shared");
        for (int i = 0; i < 10; i++) {
            assertThat(answerTo(4, "shared", "guess")).isEqualTo("200004");
        }
        assertThat(answerTo(5, "shared", "guess")).startsWith("20009f");
        assertThat(answerTo(4, "shared", key)).isEqualTo("200000");
        for (int i = 0; i < 1_000; i++) {
            assertThat(answerTo(4, "made-up-" + i, "guess")).isEqualTo("200005");
        }
        assertThat(answerTo(5, "made-up", "guess")).startsWith("20009f");
        assertThat(answerTo(4, "shared", key)).isEqualTo("200000");
        Eventually.until("they are counted", () -> gateway.setAside("(others)", "too-many-attempts") >= 1);
        assertThat(gateway.setAside("shared", "too-many-attempts")).isEqualTo(1);
        assertThat(gateway.setAside("made-up", "too-many-attempts")).isZero();
        gateway.time().advance(Duration.ofMinutes(2)); // for the other tests, which come from the same address
    }

    private static String answerTo(int version, String device, String key) throws IOException {
        try (RawClient client = RawClient.open(gateway.port(), version)) {
            client.send(client.connect(device, key, true, 60));
            return client.next();
        }
    }

    @Test
    void theUserNameMustBeTheClientId() throws Exception {
        gateway.register("one");
        String key = gateway.register("two");
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            byte[] connect = client.connect("two", key, true, 60);
            // the client id is the first of the two names
            byte[] first = new byte[connect.length];
            System.arraycopy(connect, 0, first, 0, connect.length);
            int at = 14;
            first[at] = 'o';
            first[at + 1] = 'n';
            first[at + 2] = 'e';
            client.send(first);
            assertThat(client.next()).isEqualTo("200002");
        }
    }

    @Test
    void halfAConnectIsEndedAfterTheTimeOut() throws Exception {
        String key = gateway.register("half");
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            byte[] connect = client.connect("half", key, true, 60);
            client.send(Arrays.copyOf(connect, connect.length / 2));
            assertThat(client.next()).isEqualTo("closed");
        }
        Eventually.until("it is counted", () -> gateway.setAside("(others)", "connect-timeout") >= 1);
    }

    @Test
    void bytesThatDripAreRead() throws Exception {
        String key = gateway.register("drip");
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            for (byte one : client.connect("drip", key, true, 60)) {
                client.send(new byte[] {one});
            }
            assertThat(client.next()).isEqualTo("200000");
            for (byte one : client.publish("care/v1/drip/telemetry", 1, 3, HEART_RATE)) {
                client.send(new byte[] {one});
            }
            assertThat(client.next()).isEqualTo("400003");
        }
    }

    @Test
    void aPacketOfFiveMebibytesIsRefusedByItsHeader() throws Exception {
        String key = gateway.register("large");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "large", key)) {
            byte[] packet = RawClient.packet(0x32, new byte[5 << 20]);
            client.send(Arrays.copyOf(packet, 1_000)); // the rest need not even come
            assertThat(client.next()).isEqualTo("e09500");
            assertThat(client.next()).isEqualTo("closed");
        }
        Eventually.until("it is counted", () -> gateway.setAside("large", "too-large") == 1);
    }

    @Test
    void propertiesOfManyMebibytesBeforeTheKeyCostNothing() throws Exception {
        try (RawClient client = RawClient.open(gateway.port(), 5)) {
            client.send(new byte[] {0x10, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0, 4, 'M', 'Q', 'T', 'T', 5});
            assertThat(client.next()).isEqualTo("closed");
        }
    }

    @Test
    void bytesThatAreNoPacketEndTheConnection() throws Exception {
        String key = gateway.register("garbage");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "garbage", key)) {
            client.send(new byte[] {0x36, 4, 0, 1, 'a', 0}); // QoS 3
            assertThat(client.next()).isEqualTo("e08100");
            assertThat(client.next()).isEqualTo("closed");
        }
        Eventually.until("it is counted", () -> gateway.setAside("garbage", "malformed-packet") == 1);
    }

    @Test
    void theFirstPacketIsConnectAndItComesOnce() throws Exception {
        String key = gateway.register("twice");
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(new byte[] {(byte) 0xC0, 0});
            assertThat(client.next()).isEqualTo("closed");
        }
        try (RawClient client = RawClient.connected(gateway.port(), 5, "twice", key)) {
            client.send(client.connect("twice", key, true, 60));
            assertThat(client.next()).isEqualTo("e08200");
            assertThat(client.next()).isEqualTo("closed");
        }
    }

    @Test
    void anotherDevicesTopicGetsTheCodeMadeForIt() throws Exception {
        String key = gateway.register("nosy");
        gateway.register("neighbour");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "nosy", key)) {
            client.send(client.publish("care/v1/neighbour/event", 1, 5, "{\"type\":\"sos\"}"));
            assertThat(client.next()).isEqualTo("40000587");
            client.send(client.publish("care/v1/neighbour/event", 2, 6, "{\"type\":\"sos\"}"));
            assertThat(client.next()).isEqualTo("50000687");
            client.send(client.subscribe(9, "care/v1/neighbour/command"));
            assertThat(client.next()).isEqualTo("9000090087");
            client.send(client.subscribe(10, "#"));
            assertThat(client.next()).isEqualTo("90000a00a2");
        }
        try (RawClient client = RawClient.connected(gateway.port(), 4, "nosy", key)) {
            client.send(client.subscribe(9, "care/v1/+/command"));
            assertThat(client.next()).isEqualTo("90000980");
            client.send(client.publish("care/v1/neighbour/event", 1, 5, "{\"type\":\"sos\"}"));
            assertThat(client.next()).isEqualTo("closed");
        }
        assertThat(gateway.logged(Lane.ALARM, "neighbour")).isEmpty();
        Eventually.until("it is counted", () -> gateway.setAside("nosy", "others-topic") == 6);
    }

    @Test
    void aPayloadThatMeansNothingMustNotComeBack() throws Exception {
        String key = gateway.register("confused");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "confused", key)) {
            client.send(client.publish("care/v1/confused/telemetry", 1, 1, "hello"));
            assertThat(client.next()).isEqualTo("40000199");
            client.send(client.publish("care/v1/confused/event", 2, 2, "{\"type\":\"dance\"}"));
            assertThat(client.next()).isEqualTo("50000299");
        }
        try (RawClient client = RawClient.connected(gateway.port(), 4, "confused", key)) {
            client.send(client.publish("care/v1/confused/telemetry", 1, 1, "hello"));
            assertThat(client.next()).isEqualTo("400001");
        }
        Eventually.until(
                "they are counted",
                () -> gateway.setAside("confused", "unparseable") == 2
                        && gateway.setAside("confused", "unknown-event") == 1);
    }

    @Test
    void acknowledgementsComeInTheOrderOfPublish() throws Exception {
        String key = gateway.register("ordered");
        try (RawClient client = RawClient.connected(gateway.port(), 4, "ordered", key)) {
            byte[][] packets = new byte[40][];
            for (int i = 0; i < packets.length; i++) {
                boolean alarm = i % 3 == 0;
                packets[i] = client.publish(
                        "care/v1/ordered/" + (alarm ? "event" : "telemetry"),
                        1,
                        100 + i,
                        alarm ? "{\"type\":\"sos\"}" : i % 5 == 0 ? "nonsense" : HEART_RATE);
            }
            client.send(packets);
            for (int i = 0; i < packets.length; i++) {
                assertThat(client.next()).isEqualTo(String.format("40%04x", 100 + i));
            }
        }
    }

    @Test
    void qosTwoIsReceivedOnceThoughItIsSentTwice() throws Exception {
        String key = gateway.register("twofold");
        String topic = "care/v1/twofold/event";
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect("twofold", key, false, 60));
            assertThat(client.next()).isEqualTo("200000");
            client.send(client.publish(topic, 2, 11, "{\"type\":\"sos\"}"));
            assertThat(client.next()).isEqualTo("50000b");
        }
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect("twofold", key, false, 60));
            assertThat(client.next()).as("the session is there").isEqualTo("200100");
            client.send(RawClient.again(client.publish(topic, 2, 11, "{\"type\":\"sos\"}")));
            assertThat(client.next()).isEqualTo("50000b");
            client.send(RawClient.pubrel(11));
            assertThat(client.next()).isEqualTo("70000b");
        }
        assertThat(gateway.logged(Lane.ALARM, "twofold")).hasSize(1);
    }

    @Test
    void aDeviceThatLostItsStateIsNotTakenForOneThatRepeatsItself() throws Exception {
        String key = gateway.register("rebooted");
        String topic = "care/v1/rebooted/event";
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect("rebooted", key, false, 60));
            assertThat(client.next()).isEqualTo("200000");
            client.send(client.publish(topic, 2, 1, "{\"id\":\"e-1\",\"type\":\"sos\"}"));
            assertThat(client.next()).isEqualTo("500001"); // and never says PUBREL
        }
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect("rebooted", key, false, 60));
            assertThat(client.next()).isEqualTo("200100");
            byte[] publish = client.publish(topic, 2, 1, "{\"id\":\"e-2\",\"type\":\"sos\"}");
            client.send(publish);
            assertThat(client.next()).isEqualTo("500001");
            client.send(RawClient.again(publish));
            assertThat(client.next()).isEqualTo("500001");
            client.send(RawClient.pubrel(1));
            assertThat(client.next()).isEqualTo("700001");
        }
        assertThat(gateway.logged(Lane.ALARM, "rebooted"))
                .extracting(entry -> ((DeviceReport) entry.event()).eventId())
                .containsExactly("e-1", "e-2");
    }

    @Test
    void aSecondConnectionTakesOver() throws Exception {
        String key = gateway.register("taken");
        try (RawClient first = RawClient.connected(gateway.port(), 5, "taken", key);
                RawClient second = RawClient.connected(gateway.port(), 5, "taken", key)) {
            assertThat(first.next()).isEqualTo("e08e00");
            assertThat(first.next()).isEqualTo("closed");
            second.send(second.publish("care/v1/taken/telemetry", 1, 1, HEART_RATE));
            assertThat(second.next()).isEqualTo("400001");
        }
    }

    @Test
    void moreThanTheReceiveMaximumIsAnError() throws Exception {
        String key = gateway.register("flood");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "flood", key)) {
            byte[][] packets = new byte[60][];
            for (int i = 0; i < packets.length; i++) {
                packets[i] = client.publish("care/v1/flood/telemetry", 1, i + 1, HEART_RATE);
            }
            client.send(packets);
            String answer = client.next();
            while (answer.startsWith("40")) {
                answer = client.next();
            }
            assertThat(answer).isEqualTo("e09300");
        }
    }

    @Test
    void anAliasStandsForItsTopic() throws Exception {
        String key = gateway.register("alias");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "alias", key)) {
            client.send(
                    client.publishWithAlias("care/v1/alias/telemetry", 2, 1, HEART_RATE),
                    client.publishWithAlias("", 2, 2, HEART_RATE));
            assertThat(client.next()).isEqualTo("400001");
            assertThat(client.next()).isEqualTo("400002");
            client.send(client.publishWithAlias("care/v1/alias/telemetry", 5, 3, HEART_RATE));
            assertThat(client.next()).isEqualTo("e09400");
        }
        assertThat(gateway.logged(Lane.TELEMETRY, "alias")).hasSize(2);
    }

    @Test
    void aSilentClientIsDroppedAfterOneAndAHalfKeepAlives() throws Exception {
        String key = gateway.register("silent");
        try (RawClient client = RawClient.open(gateway.port(), 5)) {
            client.send(client.connect("silent", key, true, 1));
            assertThat(client.next()).startsWith("200000");
            client.send(new byte[] {(byte) 0xC0, 0});
            assertThat(client.next()).isEqualTo("d0");
            assertThat(client.next()).isEqualTo("e08d00");
        }
    }

    @Test
    void aLoopingDeviceIsLimitedAndItsAlarmsAreNot() throws Exception {
        String key = gateway.register("looping");
        try (RawClient client = RawClient.connected(gateway.port(), 4, "looping", key)) {
            for (int i = 1; i <= 300; i++) {
                client.send(client.publish("care/v1/looping/telemetry", 1, i, HEART_RATE));
                assertThat(client.next()).isEqualTo(String.format("40%04x", i));
            }
            client.send(client.publish("care/v1/looping/event", 1, 999, "{\"type\":\"sos\"}"));
            assertThat(client.next()).isEqualTo("4003e7");
        }
        assertThat(gateway.logged(Lane.ALARM, "looping")).hasSize(1);
        assertThat(gateway.logged(Lane.TELEMETRY, "looping").size()).isBetween(100, 150);
        Eventually.until("they are counted", () -> gateway.setAside("looping", "over-quota") > 150);
    }

    @Test
    void aClientOfVersionFiveIsToldThatItIsOverItsQuota() throws Exception {
        String key = gateway.register("greedy");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "greedy", key)) {
            String answer = "";
            for (int i = 1; i <= 200 && !answer.endsWith("97"); i++) {
                client.send(client.publish("care/v1/greedy/telemetry", 1, i, HEART_RATE));
                answer = client.next();
            }
            assertThat(answer).startsWith("40").endsWith("97");
        }
    }
}
