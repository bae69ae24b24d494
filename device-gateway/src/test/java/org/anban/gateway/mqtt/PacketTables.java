package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.anban.gateway.GatewayUnderTest;
import org.anban.gateway.source.Quota;

/** A gateway with one device, {@code dev}, for tables of bytes and the answers to them. */
final class PacketTables implements AutoCloseable {
    static final byte[] PINGREQ = {(byte) 0xC0, 0};

    private final GatewayUnderTest gateway =
            GatewayUnderTest.start(Duration.ofSeconds(30), new Quota.Limit(1_000, 1_000));
    private final String key = gateway.register("dev");
    private final Notation notation = new Notation(Map.of(
            "key", key,
            "event", "care/v1/dev/event",
            "telemetry", "care/v1/dev/telemetry",
            "status", "care/v1/dev/status",
            "command", "care/v1/dev/command",
            "other", "care/v1/other/event"));

    GatewayUnderTest gateway() {
        return gateway;
    }

    String key() {
        return key;
    }

    byte[] bytes(String text) {
        return notation.bytes(text);
    }

    /** What a new connection answers to these first bytes. */
    void first(String sent, String answers) throws Exception {
        try (RawClient client = RawClient.open(gateway.port(), 5)) {
            client.send(bytes(sent));
            expect(client, answers);
        }
    }

    /** What a connected device, of this version, is answered; after a slash comes what follows the answer. */
    void connected(int version, String sent, String answers) throws Exception {
        try (RawClient client = RawClient.connected(gateway.port(), version, "dev", key)) {
            String[] steps = sent.split(" / ");
            String[] answered = answers.split(" / ");
            for (int i = 0; i < steps.length; i++) {
                client.send(bytes(steps[i]));
                expect(client, answered[i]);
            }
        }
    }

    /** Answers are separated by blanks; one that ends with a star may go on; {@code -} means that none comes. */
    static void expect(RawClient client, String answers) throws Exception {
        for (String answer : answers.trim().split(" +")) {
            if (answer.equals("-")) {
                client.send(PINGREQ);
                assertThat(client.next()).as("nothing but the answer to a ping").isEqualTo("d0");
            } else if (answer.endsWith("*")) {
                assertThat(client.next()).startsWith(answer.substring(0, answer.length() - 1));
            } else {
                assertThat(client.next()).isEqualTo(answer);
            }
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
