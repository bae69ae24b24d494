package org.anban.gateway.mqtt;

import static org.anban.gateway.mqtt.RawWebSocket.BINARY;
import static org.anban.gateway.mqtt.RawWebSocket.CONTINUATION;
import static org.anban.gateway.mqtt.RawWebSocket.FINAL;
import static org.anban.gateway.mqtt.RawWebSocket.MQTT;
import static org.anban.gateway.mqtt.RawWebSocket.PING;
import static org.anban.gateway.mqtt.RawWebSocket.REQUEST;
import static org.anban.gateway.mqtt.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.anban.contracts.event.Lane;
import org.anban.gateway.GatewayUnderTest;
import org.anban.gateway.listener.Endpoint;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MQTT in WebSocket frames, frame for frame. */
@Timeout(120)
class WebSocketTest {
    private static final String ACCEPTED = "82 20020000";
    private static final String SOS = "{\"type\":\"sos\"}";

    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        gateway = GatewayUnderTest.on(Duration.ofSeconds(3), null, Endpoint.Kind.WEBSOCKET, Endpoint.Kind.TCP);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void packetsMayShareAFrame() throws Exception {
        String key = gateway.register("ws-joined");
        try (RawWebSocket client = RawWebSocket.upgraded(gateway.port());
                RawClient packets = packets()) {
            client.frames(
                    FINAL | BINARY,
                    join(
                            packets.connect("ws-joined", key, true, 60),
                            packets.publish("care/v1/ws-joined/event", 1, 1, SOS),
                            packets.publish("care/v1/ws-joined/event", 1, 2, SOS)));
            assertThat(client.next()).isEqualTo(ACCEPTED);
            String answers = client.next().substring(3);
            while (answers.length() < 16) {
                answers += client.next().substring(3);
            }
            assertThat(answers).isEqualTo("4002000140020002");
            assertThat(gateway.logged(Lane.ALARM, "ws-joined")).hasSize(2);
        }
    }

    @Test
    void aPacketMaySpanFramesAndFragments() throws Exception {
        String key = gateway.register("ws-split");
        try (RawWebSocket client = RawWebSocket.upgraded(gateway.port());
                RawClient packets = packets()) {
            for (byte one : packets.connect("ws-split", key, true, 60)) {
                client.frames(FINAL | BINARY, new byte[] {one});
            }
            assertThat(client.next()).isEqualTo(ACCEPTED);
            byte[] publish = packets.publish("care/v1/ws-split/event", 1, 9, SOS);
            client.frames(BINARY, Arrays.copyOf(publish, 5));
            client.frames(FINAL | PING, new byte[] {7}); // may come between fragments
            client.frames(CONTINUATION, Arrays.copyOfRange(publish, 5, 6));
            client.frames(FINAL | CONTINUATION, Arrays.copyOfRange(publish, 6, publish.length));
            assertThat(client.next()).as("pong").isEqualTo("8a 07");
            assertThat(client.next()).isEqualTo("82 40020009");
        }
    }

    @Test
    void aFrameThatIsNotBinaryEndsTheConnectionAndIsCounted() throws Exception {
        String key = gateway.register("ws-text");
        try (RawWebSocket client = RawWebSocket.upgraded(gateway.port());
                RawClient packets = packets()) {
            client.frames(FINAL | BINARY, packets.connect("ws-text", key, true, 60));
            assertThat(client.next()).isEqualTo(ACCEPTED);
            client.frames(FINAL | TEXT, packets.publish("care/v1/ws-text/event", 1, 9, SOS));
            assertThat(client.next()).as("1003: not of that type").isEqualTo("88 03eb");
            assertThat(client.next()).isEqualTo("closed");
        }
        Eventually.until("counted", () -> gateway.setAside("ws-text", "malformed-packet") == 1);
        assertThat(gateway.logged(Lane.ALARM, "ws-text")).isEmpty();
    }

    @Test
    void onlyARequestForMqttBecomesAWebSocket() throws Exception {
        String foreign = "Origin: http://evil.example\r\n";
        String own = "Origin: http://gateway.example\r\n";
        assertThat(answer(REQUEST + "\r\n")).as("no subprotocol").startsWith("HTTP/1.1 400");
        assertThat(answer(REQUEST + "Sec-WebSocket-Protocol: chat, xmpp\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(answer(REQUEST.replace("/mqtt", "/") + MQTT + "\r\n")).startsWith("HTTP/1.1 404");
        assertThat(answer(REQUEST + MQTT + foreign + "\r\n")).startsWith("HTTP/1.1 403");
        assertThat(answer(REQUEST + MQTT + "Origin: null\r\n\r\n")).startsWith("HTTP/1.1 403");
        assertThat(answer(REQUEST + MQTT + own + "\r\n")).startsWith("HTTP/1.1 101");
        assertThat(answer("GET /mqtt HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 426");
        assertThat(answer(REQUEST + MQTT + "X: " + "x".repeat(10_000) + "\r\n\r\n"))
                .as("too much of it")
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aRefusedConnectIsAnsweredInAFrameBeforeTheGoodBye() throws Exception {
        gateway.register("ws-wrong");
        try (RawWebSocket client = RawWebSocket.upgraded(gateway.port());
                RawClient packets = packets()) {
            client.frames(FINAL | BINARY, packets.connect("ws-wrong", "no such key", true, 60));
            assertThat(client.next()).isEqualTo("82 20020004");
            assertThat(client.next()).isEqualTo("88 03e8");
            assertThat(client.next()).isEqualTo("closed");
        }
    }

    @Test
    void whatAStrangerSendsIsNotCollected() throws Exception {
        long before = gateway.setAside("(others)", "too-large");
        try (RawWebSocket client = RawWebSocket.upgraded(gateway.port())) {
            client.frames(BINARY, new byte[40_000]);
            assertThat(client.next()).isEqualTo("88 03e8");
        }
        Eventually.until("counted", () -> gateway.setAside("(others)", "too-large") > before);
    }

    @Test
    void aFrameAboveTheLimitEndsTheConnection() throws Exception {
        String key = gateway.register("ws-large");
        try (RawWebSocket client = RawWebSocket.upgraded(gateway.port());
                RawClient packets = packets()) {
            client.frames(FINAL | BINARY, packets.connect("ws-large", key, true, 60));
            assertThat(client.next()).isEqualTo(ACCEPTED);
            client.send(new byte[] {(byte) (FINAL | BINARY), (byte) 0xFF, 0, 0, 0, 0, 0x10, 0, 0, 0, 1, 2, 3, 4});
            assertThat(client.next()).as("1009: too big").startsWith("88 03f1");
        }
        Eventually.until("counted", () -> gateway.setAside("ws-large", "too-large") == 1);
    }

    @Test
    void anUnmaskedFrameEndsTheConnection() throws Exception {
        try (RawWebSocket client = RawWebSocket.upgraded(gateway.port())) {
            client.send(new byte[] {(byte) (FINAL | BINARY), 1, 0x10});
            assertThat(client.next()).as("1002: protocol error").startsWith("88 03ea");
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsClosedAndCounted() throws Exception {
        long before = gateway.setAside("(others)", "connect-timeout");
        try (RawWebSocket asking = RawWebSocket.open(gateway.port());
                RawWebSocket silent = RawWebSocket.upgraded(gateway.port())) {
            asking.send("GET /mqtt HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(asking.next()).isEqualTo("closed");
            assertThat(silent.next()).isEqualTo("88 03e8");
        }
        Eventually.until("counted", () -> gateway.setAside("(others)", "connect-timeout") >= before + 2);
    }

    private static String answer(String request) throws IOException {
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            return client.request(request);
        }
    }

    /** Makes packets; is not used to send them. */
    private static RawClient packets() throws IOException {
        return RawClient.over(new Socket("127.0.0.1", gateway.port(1)), 4);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
