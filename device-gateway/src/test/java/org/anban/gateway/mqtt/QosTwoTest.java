package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.anban.contracts.event.Lane;
import org.anban.gateway.GatewayUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What messages of QoS 2 take of the receive maximum, which is 16 here. */
@Timeout(120)
class QosTwoTest {
    private static final int MOST = 16;
    private static final String SOS = "{\"type\":\"sos\"}";

    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        gateway = GatewayUnderTest.start(Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void whatIsSentAgainCountsOnceSoThatAnAlarmBehindItArrives() throws Exception {
        String key = gateway.register("again");
        byte[][] all = new byte[MOST][];
        try (RawClient client = opened("again", key, "2000")) {
            for (int i = 0; i < MOST - 1; i++) {
                all[i] = client.publish("care/v1/again/telemetry", 2, i + 1, "{\"heartRate\":72}");
                client.send(all[i]);
                assertThat(client.next()).isEqualTo(answer("50", i + 1));
            }
        }
        try (RawClient client = opened("again", key, "2001")) {
            for (int i = 0; i < MOST - 1; i++) {
                all[i] = RawClient.again(all[i]);
            }
            all[MOST - 1] = client.publish("care/v1/again/event", 1, MOST, SOS);
            client.send(all);
            for (int i = 0; i < MOST - 1; i++) {
                assertThat(client.next()).isEqualTo(answer("50", i + 1));
            }
            assertThat(client.next()).isEqualTo(answer("40", MOST));
            for (int i = 0; i < MOST - 1; i++) {
                client.send(RawClient.pubrel(i + 1));
                assertThat(client.next()).isEqualTo(answer("70", i + 1));
            }
        }
        assertThat(gateway.logged(Lane.ALARM, "again")).hasSize(1);
        assertThat(gateway.logged(Lane.TELEMETRY, "again")).hasSize(MOST - 1);
    }

    @Test
    void aMessageCountsUntilItIsReleased() throws Exception {
        String key = gateway.register("holds");
        try (RawClient client = opened("holds", key, "2000")) {
            for (int i = 0; i < MOST; i++) {
                client.send(client.publish("care/v1/holds/event", 2, i + 1, SOS));
                assertThat(client.next()).isEqualTo(answer("50", i + 1));
            }
            client.send(RawClient.pubrel(3));
            assertThat(client.next()).isEqualTo(answer("70", 3));
            client.send(client.publish("care/v1/holds/event", 2, 3, SOS));
            assertThat(client.next()).isEqualTo(answer("50", 3));
            client.send(client.publish("care/v1/holds/event", 1, 17, SOS));
            assertThat(client.next()).isEqualTo("e09300");
        }
    }

    @Test
    void aRefusedMessageIsOverWithItsAnswer() throws Exception {
        String key = gateway.register("strays");
        try (RawClient client = opened("strays", key, "2000")) {
            for (int i = 0; i < 2 * MOST; i++) {
                client.send(client.publish("care/v1/another/event", 2, i + 1, SOS));
                assertThat(client.next()).isEqualTo(answer("50", i + 1) + "87");
            }
        }
    }

    private static RawClient opened(String device, String key, String answer) throws Exception {
        RawClient client = RawClient.open(gateway.port(), 5);
        client.send(client.connect(device, key, false, 60));
        assertThat(client.next()).startsWith(answer);
        return client;
    }

    private static String answer(String type, int packetId) {
        return String.format("%s%04x", type, packetId);
    }
}
