package org.anban.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PhoneBoardTest {
    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
    private static final String BODY =
            """
            {"notice":"n-1","incident":"i-1","purpose":"family","priority":"P0","kind":"SOS","area":"a",\
            "recipient":{"name":"Wang","number":"139"},"text":"please look after her"}""";

    private final LinkedBlockingQueue<Ring> ringing = new LinkedBlockingQueue<>();

    @Test
    void aSignedNoticeLetsAPhoneRingOnceHoweverOftenItComes() throws Exception {
        try (PhoneBoard board = board()) {
            assertThat(post(board, signed(BODY, NOW), BODY, "n-1")).isEqualTo(204);
            assertThat(post(board, signed(BODY, NOW), BODY, "n-1")).isEqualTo(204);

            Ring ring = ringing.poll(10, TimeUnit.SECONDS);
            assertThat(ring).isNotNull();
            assertThat(ring.words()).isEqualTo("the phone of Wang rings: please look after her");
            assertThat(board.rings()).containsExactly(ring);
            assertThat(ringing).isEmpty();
        }
    }

    @Test
    void whatIsNotSignedOrSignedLongAgoOrChangedIsRefused() throws Exception {
        try (PhoneBoard board = board()) {
            assertThat(post(board, "", BODY, "n-1")).isEqualTo(401);
            assertThat(post(board, signed(BODY, NOW.minusSeconds(301)), BODY, "n-1"))
                    .isEqualTo(401);
            assertThat(post(board, signed(BODY, NOW), BODY.replace("139", "110"), "n-1"))
                    .isEqualTo(401);
            assertThat(post(board, new WebhookSignature("other").sign("n-1", bytes(BODY), NOW), BODY, "n-1"))
                    .isEqualTo(401);
            assertThat(post(board, signed(BODY, NOW), BODY, "n-2")).isEqualTo(401);
            assertThat(post(board, signed("nonsense", NOW), "nonsense", "n-1")).isEqualTo(400);
            assertThat(board.rings()).isEmpty();
        }
    }

    @Test
    void theSignatureIsTheDocumentedOne() {
        // printf '1767571200.n-1.{}' | openssl dgst -sha256 -hmac secret
        assertThat(new WebhookSignature("secret").sign("n-1", bytes("{}"), NOW))
                .isEqualTo("t=1767571200,v1=a551015d4304a419dee104a956c632fec81357ad29a563197d908e2e3f881b1f");
    }

    @Test
    void aReceiptIsSignedTheSameWay() throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        HttpServer api = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 4);
        api.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String header = exchange.getRequestHeaders().getFirst(WebhookSignature.HEADER);
            seen.add(exchange.getRequestURI() + " " + new WebhookSignature("secret").holds(header, "n-1", body, NOW)
                    + " " + new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        api.start();
        try (PhoneBoard board = board()) {
            post(board, signed(BODY, NOW), BODY, "n-1");
            URI address = URI.create("http://127.0.0.1:" + api.getAddress().getPort());

            assertThat(board.sendReceipt(address, board.rings().get(0), "delivered"))
                    .isEqualTo(204);
            assertThat(seen.poll(10, TimeUnit.SECONDS))
                    .isEqualTo("/api/v1/notices/n-1/receipt true {\"state\":\"delivered\"}");
        } finally {
            api.stop(0);
        }
    }

    private PhoneBoard board() {
        return PhoneBoard.start(0, "secret", InstantSource.fixed(NOW), ringing::add);
    }

    private static String signed(String body, Instant at) {
        return new WebhookSignature("secret").sign("n-1", bytes(body), at);
    }

    private static int post(PhoneBoard board, String signature, String body, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(board.url())
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!signature.isEmpty()) {
            request.header(WebhookSignature.HEADER, signature);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
