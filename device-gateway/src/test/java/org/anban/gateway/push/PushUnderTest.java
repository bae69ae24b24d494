package org.anban.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.access.SessionDirectory;
import org.anban.contracts.device.SenderKind;
import org.anban.gateway.GatewayUnderTest;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.TestEdge;

/** A gateway with its API behind the real edge, and an administrator. */
final class PushUnderTest implements AutoCloseable {
    private static final SessionDirectory SESSIONS = token -> switch (token) {
        case "administrator" -> Optional.of(person(Role.ADMINISTRATOR));
        case "operator" -> Optional.of(person(Role.OPERATOR));
        default -> Optional.empty();
    };

    private final GatewayUnderTest gateway;
    private final TestEdge edge;

    PushUnderTest() {
        this(new PushConfig(GatewayUnderTest.keyFile()));
    }

    PushUnderTest(PushConfig config) {
        gateway = GatewayUnderTest.start(Duration.ofSeconds(10), new Quota.Limit(1_000, 1_000), config);
        edge = new TestEdge(List.of(gateway.gateway().api()), SESSIONS);
    }

    GatewayUnderTest gateway() {
        return gateway;
    }

    Platform platform(String account) {
        return new Platform(edge, account);
    }

    /** Registers a device on an account's list. */
    void list(String account, String number, String device) {
        gateway.list(account, number, device);
    }

    /** Makes an account and returns its secret; the devices on its list by then may be named at once. */
    String create(String account, String dialect) throws Exception {
        gateway.registerSpeaker(account, SenderKind.ACCOUNT, "anban");
        HttpResponse<String> answer = ask(
                "administrator",
                "POST",
                "/api/v1/push-accounts",
                new JsonObject().put("account", account).put("dialect", dialect));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("secret");
    }

    void words(String account, JsonObject... words) throws Exception {
        JsonObject items = new JsonObject().put("items", new JsonArray(List.of(words)));
        assertThat(ask("administrator", "PUT", "/api/v1/push-accounts/" + account + "/words", items)
                        .statusCode())
                .isEqualTo(204);
    }

    HttpResponse<String> ask(String token, String method, String path, JsonObject body) throws Exception {
        return edge.send(edge.request(path, token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    HttpResponse<String> get(String token, String path) throws Exception {
        return edge.send(edge.request(path, token));
    }

    private static Principal person(Role role) {
        return new Principal("p", "p", "P", Set.of(role), List.of(""), "s");
    }

    @Override
    public void close() {
        edge.close();
        gateway.close();
    }
}
