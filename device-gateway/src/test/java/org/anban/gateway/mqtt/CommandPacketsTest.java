package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.anban.contracts.device.DeviceId;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands as they go over the wire. */
@Timeout(120)
class CommandPacketsTest {
    private PacketTables tables;

    @BeforeEach
    void start() {
        tables = new PacketTables();
    }

    @AfterEach
    void stop() {
        tables.close();
    }

    @Test
    void aCommandSaysHowLongItMeansSomething() throws Exception {
        command("find");
        try (RawClient client = RawClient.connected(tables.gateway().port(), 5, "dev", tables.key())) {
            client.send(tables.bytes("82 [ 0007 () $command 01 ]"));
            assertThat(client.next()).isEqualTo("9000070001");
            assertThat(client.next()).startsWith("32").contains("0001" + "05" + "0200000e10");
        }
    }

    @Test
    void whoSubscribedAtQosZeroIsSentCommandsAtQosZero() throws Exception {
        String first = command("find");
        try (RawClient client = keeping()) {
            client.send(tables.bytes("82 [ 0007 () $command 00 ]"));
            assertThat(client.next()).isEqualTo("9000070000");
            assertThat(client.next()).startsWith("30").contains(hex(first));
            Eventually.until("what the socket has counts as delivered", () -> state(first)
                    .equals("acknowledged"));
        }
        tables.gateway().restart();
        String second = command("find");
        try (RawClient client = keeping()) {
            assertThat(client.next())
                    .as("the same session, of another process")
                    .startsWith("30")
                    .contains(hex(second));
            client.send(tables.bytes("82 [ 0008 () $command 01 ]"));
            assertThat(client.next()).isEqualTo("9000080001");
            command("measure");
            assertThat(client.next()).as("subscribed anew, at QoS 1").startsWith("32");
        }
    }

    @Test
    void aCommandLongerThanTheDeviceTakesIsNotSentAndHasFailed() throws Exception {
        String tooLong = command("find-" + "x".repeat(40));
        String fits = command("find");
        try (RawClient client = RawClient.open(tables.gateway().port(), 5)) {
            client.send(tables.bytes("10 [ \"MQTT\" 05 C2 003C ( 27 00000064 ) \"dev\" \"dev\" $key ]"));
            assertThat(client.next()).startsWith("200000");
            client.send(tables.bytes("82 [ 0007 () $command 01 ]"));
            assertThat(client.next()).isEqualTo("9000070001");
            assertThat(client.next()).startsWith("32").contains(hex(fits));
            Eventually.until("it has failed", () -> state(tooLong).equals("failed"));
            assertThat(failure(tooLong)).isEqualTo("the packet has 132 bytes, and the device takes 100");
            assertThat(state(fits)).isEqualTo("sent");
        }
    }

    @Test
    void whatWasNotAcknowledgedComesAgainWithItsPacketIdAndDup() throws Exception {
        String unacknowledged = command("find");
        String packet;
        try (RawClient client = keeping()) {
            client.send(tables.bytes("82 [ 0007 () $command 01 ]"));
            assertThat(client.next()).isEqualTo("9000070001");
            packet = client.next();
            assertThat(packet).startsWith("32").contains("0001" + "05" + "02").contains(hex(unacknowledged));
        }
        try (RawClient client = keeping()) {
            assertThat(client.next()).isEqualTo("3a" + packet.substring(2));
            String next = command("measure");
            assertThat(client.next())
                    .startsWith("32")
                    .contains("0002" + "05" + "02")
                    .contains(hex(next));
            client.send(tables.bytes("40 [ 0001 ] 40 [ 0002 ]"));
            Eventually.until(
                    "both are acknowledged",
                    () -> state(unacknowledged).equals("acknowledged")
                            && state(next).equals("acknowledged"));
        }
        String later = command("find");
        try (RawClient client = keeping()) {
            assertThat(client.next()).as("it was never sent").startsWith("32").contains(hex(later));
        }
        tables.gateway().restart();
        try (RawClient client = keeping()) {
            assertThat(client.next())
                    .as("the packet ids went with the process")
                    .startsWith("32")
                    .contains("0001" + "05" + "02")
                    .contains(hex(later));
        }
    }

    @Test
    void aNewSessionIsSentTheSameCommandAsANewMessage() throws Exception {
        String unacknowledged = command("find");
        try (RawClient client = keeping()) {
            client.send(tables.bytes("82 [ 0007 () $command 01 ]"));
            assertThat(client.next()).isEqualTo("9000070001");
            assertThat(client.next()).startsWith("32").contains(hex(unacknowledged));
        }
        try (RawClient client = RawClient.connected(tables.gateway().port(), 5, "dev", tables.key())) {
            client.send(tables.bytes("82 [ 0007 () $command 01 ]"));
            assertThat(client.next()).isEqualTo("9000070001");
            assertThat(client.next()).startsWith("32").contains(hex(unacknowledged));
        }
    }

    /** Connected to a session that lives on. */
    private RawClient keeping() throws Exception {
        RawClient client = RawClient.open(tables.gateway().port(), 5);
        client.send(client.connect("dev", tables.key(), false, 60));
        assertThat(client.next()).matches("200[01]00.*");
        return client;
    }

    private String command(String type) {
        return tables.gateway()
                .gateway()
                .commands()
                .send(new DeviceId("dev"), new JsonObject().put("type", type), Duration.ofHours(1), "staff-1");
    }

    private String state(String command) {
        return (String) row(command).get("state");
    }

    private String failure(String command) {
        return (String) row(command).get("failure");
    }

    private Map<String, Object> row(String command) {
        return tables.gateway().database().database().inTransaction(handle -> handle.createQuery(
                        "select state, failure from gateway.command where id = :id")
                .bind("id", command)
                .mapToMap()
                .one());
    }

    private static String hex(String text) {
        StringBuilder digits = new StringBuilder();
        for (char c : text.toCharArray()) {
            digits.append(Integer.toHexString(c));
        }
        return digits.toString();
    }
}
