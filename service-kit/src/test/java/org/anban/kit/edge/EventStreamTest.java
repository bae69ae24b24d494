package org.anban.kit.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.error.CareException;
import org.anban.kit.http.Api;
import org.anban.kit.http.EventStream;
import org.anban.kit.http.Reply;
import org.anban.kit.http.StreamOperation;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestEdge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventStreamTest {
    private final BlockingQueue<EventStream> streams = new LinkedBlockingQueue<>();
    private volatile StreamOperation operation = (call, stream) -> {
        stream.send("hello", new JsonObject().put("name", "李奶奶"));
        streams.add(stream);
    };
    private final TestEdge edge = new TestEdge(List.of(api()), Ada.ONLY, Site.NONE, List.of());

    private Api api() {
        return Api.of("openapi/things.yaml")
                .on("listThings", call -> Reply.none())
                .on("addThing", call -> Reply.none())
                .on("getThing", call -> Reply.none())
                .on("greet", call -> Reply.none())
                .stream("streamThings", (call, stream) -> operation.open(call, stream));
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void eventsArriveAtOnceInTheirOrderAndInUtf8() throws Exception {
        HttpResponse<InputStream> response = open();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
        try (BufferedReader events = reader(response)) {
            assertThat(next(events)).isEqualTo("event: hello data: {\"name\":\"李奶奶\"}");
            EventStream stream = streams.poll(10, TimeUnit.SECONDS);
            for (int n = 0; n < 100; n++) {
                assertThat(stream.send("n", new JsonObject().put("n", n))).isTrue();
            }
            for (int n = 0; n < 100; n++) {
                assertThat(next(events)).isEqualTo("event: n data: {\"n\":" + n + "}");
            }
            stream.close();
            assertThat(events.readLine()).as("the end").isNull();
            assertThat(stream.send("late", new JsonObject())).isFalse();
        }
    }

    @Test
    void aClientThatGoesAwayIsNoticed() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", edge.edge().port())) {
            socket.getOutputStream().write(rawRequest());
            assertThat(socket.getInputStream().read()).isPositive();
        }
        EventStream stream = streams.poll(10, TimeUnit.SECONDS);
        CountDownLatch closed = new CountDownLatch(1);
        stream.onClose(closed::countDown);

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stream.isOpen()).isFalse();
        Eventually.until("it is forgotten", () -> edge.edge().openStreams() == 0);
    }

    @Test
    void aClientThatDoesNotReadIsCutOffAndCostsBoundedMemory() throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress("127.0.0.1", edge.edge().port()));
            socket.getOutputStream().write(rawRequest());
            EventStream stream = streams.poll(10, TimeUnit.SECONDS);
            JsonObject large = new JsonObject().put("text", "x".repeat(100_000));
            int sent = 0;
            while (stream.send("large", large) && sent < 1_000) {
                sent++;
            }
            assertThat(sent).isBetween(30, 300);
            assertThat(stream.isOpen()).isFalse();
            socket.setSoTimeout(10_000);
            assertThatCode(() -> readToTheEnd(socket))
                    .as("the connection is gone, too")
                    .doesNotThrowAnyException();
        }
    }

    private static void readToTheEnd(Socket socket) throws Exception {
        byte[] buffer = new byte[1 << 16];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {
                // what was on its way
            }
        } catch (SocketException e) {
            // cut off: an end as well, other than a timeout
        }
    }

    @Test
    void anOperationThatRefusesAnswersAProblem() throws Exception {
        operation = (call, stream) -> {
            stream.send("hello", new JsonObject());
            throw CareException.forbidden("not for you");
        };

        HttpResponse<InputStream> response = open();

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("not for you")
                .doesNotContain("event:");
    }

    @Test
    void oneThatIsClosedWhileItOpensEndsWithWhatItSaid() throws Exception {
        operation = (call, stream) -> {
            stream.send("bye", new JsonObject());
            stream.close();
        };

        HttpResponse<InputStream> response = open();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("event: bye");
    }

    @Test
    void aStreamNeedsALogin() throws Exception {
        assertThat(edge.send(edge.request("/api/v1/things/stream")).statusCode())
                .isEqualTo(401);
        assertThat(streams).isEmpty();
    }

    @Test
    void stoppingTheServerEndsItsStreams() throws Exception {
        HttpResponse<InputStream> response = open();
        EventStream stream = streams.poll(10, TimeUnit.SECONDS);
        CountDownLatch closed = new CountDownLatch(1);
        stream.onClose(closed::countDown);

        edge.edge().close();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("hello");
    }

    private HttpResponse<InputStream> open() throws Exception {
        return edge.send(edge.request("/api/v1/things/stream", Ada.TOKEN), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static byte[] rawRequest() {
        return ("GET /api/v1/things/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-of-ada\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The lines of the next event, joined; what is no event is skipped. */
    private static String next(BufferedReader events) throws Exception {
        StringBuilder event = new StringBuilder();
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.isEmpty() && event.toString().startsWith("event:")) {
                return event.toString().trim();
            }
            event = line.isEmpty() || line.startsWith("retry")
                    ? new StringBuilder()
                    : event.append(line).append(' ');
        }
        return "end";
    }
}
