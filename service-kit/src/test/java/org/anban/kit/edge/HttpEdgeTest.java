package org.anban.kit.edge;

import static org.anban.kit.testing.TestEdge.json;
import static org.anban.kit.testing.TestEdge.withJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.kit.config.StartException;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.ProblemException;
import org.anban.kit.http.Reply;
import org.anban.kit.telemetry.HealthCheck;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestEdge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpEdgeTest {
    private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Call> lastCall = new AtomicReference<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final TestEdge edge = new TestEdge(
            List.of(things(), others()),
            Ada.ONLY,
            new Site(List.of(new Site.Folder("/", "edge-site")), List.of("edge-site/index.html")),
            List.of(new HealthCheck("database", problem::get)));

    private Api things() {
        return Api.of("openapi/things.yaml")
                .on("listThings", call -> {
                    String text = call.query("text");
                    return Reply.items(new JsonArray().add(text == null ? String.valueOf(call.query("limit")) : text));
                })
                .on("addThing", call -> {
                    lastCall.set(call);
                    return Reply.created(
                            new JsonObject().put("by", call.principal().personId()));
                })
                .on("getThing", this::getThing)
                .on("greet", call -> Reply.ok(new JsonObject()
                                .put("token", call.token())
                                .put("raw", call.rawBody())
                                .put("from", call.remoteAddress()))
                        .cookie("anban_session", "abc", Duration.ofHours(1), false))
                .stream("streamThings", (call, stream) -> stream.close());
    }

    private Reply getThing(Call call) throws Exception {
        switch (call.path("id")) {
            case "missing" -> throw CareException.notFound("no such thing");
            case "taken" ->
                throw new ProblemException(
                        CareException.conflict("it changed"),
                        new JsonObject().put("thing", new JsonObject().put("v", 2)));
            case "limited" -> throw CareException.of(CareException.Kind.LIMITED, "slowly");
            case "down" -> throw CareException.unavailable("the database does not answer", null);
            case "broken" -> throw new IllegalStateException("jdbc:postgresql://secret");
            case "supervised" -> call.require(Role.SUPERVISOR);
            default -> {
                // answered below
            }
        }
        return Reply.ok(new JsonObject()
                .put("id", call.path("id"))
                .put("onEventLoop", Context.isOnEventLoopThread())
                .put("thread", Thread.currentThread().getName()));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return edge.send(edge.request(path, Ada.TOKEN));
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return edge.send(withJson(edge.request(path, Ada.TOKEN), json));
    }

    private Api others() {
        return Api.of("openapi/others.yaml")
                .on("getOther", call -> Reply.ok(new JsonObject().put("other", call.path("id"))))
                .onApart("wait", call -> {
                    goOn.await();
                    return Reply.none();
                });
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void operationsOfSeveralContractsRunOnWorkers() throws Exception {
        JsonObject thing = json(get("/api/v1/things/resident%3Ar-001"));

        assertThat(thing.getString("id")).isEqualTo("resident:r-001");
        assertThat(thing.getBoolean("onEventLoop")).isFalse();
        assertThat(thing.getString("thread")).startsWith("http-operation");
        assertThat(json(get("/api/v1/others/7")).getString("other")).isEqualTo("7");
    }

    @Test
    void aFloodOfWhatStrangersMayCallHoldsUpNothingElse() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 120; i++) {
                flood.add(edge.sendLater(withJson(edge.request("/api/v1/waits"), "{}")));
            }
            Eventually.until("some are refused at once", () -> flood.stream()
                    .filter(CompletableFuture::isDone)
                    .anyMatch(refused -> refused.join().statusCode() == 503));

            assertThat(json(get("/api/v1/things/7")).getString("id")).isEqualTo("7");
        } finally {
            goOn.countDown();
        }
        for (CompletableFuture<HttpResponse<String>> one : flood) {
            assertThat(one.get(20, TimeUnit.SECONDS).statusCode()).isIn(204, 503);
        }
    }

    @Test
    void aStrangerIsRefusedBeforeTheRequestIsChecked() throws Exception {
        HttpResponse<String> nobody = edge.send(withJson(edge.request("/api/v1/things"), "{}"));
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");

        HttpResponse<String> unknown =
                edge.send(edge.request("/api/v1/things").header("Authorization", "Bearer guessed"));
        assertThat(unknown.statusCode()).isEqualTo(401);
    }

    @Test
    void anOpenOperationNeedsNobodyButSeesTheTokenAndTheRawBody() throws Exception {
        String body = "{ \"词\":  1 }";
        HttpResponse<String> response =
                edge.send(withJson(edge.request("/api/v1/greetings").header("Authorization", "Bearer whatever"), body));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).getString("token")).isEqualTo("whatever");
        assertThat(json(response).getString("raw")).isEqualTo(body);
        assertThat(json(response).getString("from")).isEqualTo("127.0.0.1");
        assertThat(response.headers().firstValue("Set-Cookie"))
                .contains("anban_session=abc; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict");
        assertThat(edge.send(edge.request("/api/v1/greetings").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aViolationOfTheContractNamesTheField() throws Exception {
        HttpResponse<String> missing = post("/api/v1/things", "{\"size\":1}");
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(json(missing).getString("detail")).contains("name");

        HttpResponse<String> nested = post("/api/v1/things", "{\"name\":\"x\",\"contact\":{\"phone\":5}}");
        assertThat(nested.statusCode()).isEqualTo(400);
        assertThat(json(nested).getString("detail"))
                .isEqualTo("contact.phone: Instance type number is invalid. Expected string");
        assertThat(json(nested).getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("contact.phone");

        HttpResponse<String> query = get("/api/v1/things?limit=1000");
        assertThat(query.statusCode()).isEqualTo(400);
        assertThat(json(query).getString("detail")).startsWith("limit: ");
        assertThat(json(query).getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("limit");
        assertThat(json(get("/api/v1/things?limit=abc")).getString("detail")).contains("limit");
        assertThat(json(get("/api/v1/things?state=odd")).getString("detail")).contains("state");

        for (String bad : List.of("{\"name\":", "[]", "\"text\"", "{\"name\":\"\"}", "{\"name\":\"x\",\"size\":NaN}")) {
            HttpResponse<String> response = post("/api/v1/things", bad);
            assertThat(response.statusCode()).as(bad).isEqualTo(400);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(lastCall.get()).as("nothing of this reached the operation").isNull();
    }

    @Test
    void whatIsAskedForArrivesAsItWasMeant() throws Exception {
        for (String meant : List.of("2026-01-05T08:00:00+08:00", "100 %", "%41", "a+b & c=d", "赵福年")) {
            String path = "/api/v1/things?text=" + URLEncoder.encode(meant, StandardCharsets.UTF_8);
            assertThat(json(get(path)).getJsonArray("items")).as(path).containsExactly(meant);
        }
    }

    @Test
    void anAcceptedBodyReachesTheOperation() throws Exception {
        assertThat(post("/api/v1/things", "{\"name\":\"bell\",\"size\":3}").statusCode())
                .isEqualTo(201);
        assertThat(lastCall.get().body())
                .isEqualTo(new JsonObject().put("name", "bell").put("size", 3));
        assertThat(json(get("/api/v1/things?limit=5")).getJsonArray("items")).containsExactly("5");
        assertThat(json(get("/api/v1/things")).getJsonArray("items")).containsExactly("null");
    }

    @Test
    void aTextThatNoDatabaseCanHoldIsRefusedAndNamed() throws Exception {
        HttpResponse<String> path = get("/api/v1/things/a%00b");
        assertThat(path.statusCode()).isEqualTo(400);
        assertThat(json(path).getString("detail")).contains("id");
        HttpResponse<String> query = get("/api/v1/things?text=%00");
        assertThat(query.statusCode()).isEqualTo(400);
        assertThat(json(query).getString("detail")).contains("text");
        HttpResponse<String> body = post("/api/v1/greetings", "{\"words\":[{\"inner\":\"a\\u0000b\"}]}");
        assertThat(body.statusCode()).isEqualTo(400);
        assertThat(json(body).getString("detail")).contains("inner");
    }

    @Test
    void failuresBecomeProblemDocuments() throws Exception {
        assertThat(get("/api/v1/things/missing").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/things/limited").statusCode()).isEqualTo(429);
        assertThat(get("/api/v1/things/down").statusCode()).isEqualTo(503);
        assertThat(get("/api/v1/things/supervised").statusCode()).isEqualTo(403);
        HttpResponse<String> conflict = get("/api/v1/things/taken");
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(json(conflict).getJsonObject("thing").getInteger("v")).isEqualTo(2);
        assertThat(json(conflict).getString("detail")).isEqualTo("it changed");
    }

    @Test
    void anUnexpectedFailureShowsAReferenceAndNothingElse() throws Exception {
        HttpResponse<String> response = get("/api/v1/things/broken");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response).getString("reference")).hasSize(8);
        assertThat(response.body()).doesNotContain("secret").doesNotContain("IllegalState");
    }

    @Test
    void whatIsNotThereIsAProblemDocumentToo() throws Exception {
        assertThat(get("/api/v1/nothing").statusCode()).isEqualTo(404);
        HttpResponse<String> method =
                edge.send(edge.request("/api/v1/things/1", Ada.TOKEN).DELETE());
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aBodyOverOneMebibyteIsRefused() throws Exception {
        HttpResponse<String> response = post("/api/v1/things", "{\"name\":\"" + "x".repeat(1 << 20) + "\"}");

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void aCookieServesReadsAndWritesFromOurOwnPagesOnly() throws Exception {
        String cookie = "anban_session=token-of-ada";
        String ours = "http://127.0.0.1:" + edge.edge().port();
        assertThat(edge.send(edge.request("/api/v1/things").header("Cookie", cookie))
                        .statusCode())
                .isEqualTo(200);
        assertThat(edge.send(withJson(
                                edge.request("/api/v1/things")
                                        .header("Cookie", cookie)
                                        .header("Origin", ours),
                                "{\"name\":\"x\"}"))
                        .statusCode())
                .isEqualTo(201);
        lastCall.set(null);
        for (String origin : List.of("http://evil.example", "null", ours + "1", "::::")) {
            assertThat(edge.send(withJson(
                                    edge.request("/api/v1/things")
                                            .header("Cookie", cookie)
                                            .header("Origin", origin),
                                    "{\"name\":\"x\"}"))
                            .statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(edge.send(withJson(edge.request("/api/v1/things").header("Cookie", cookie), "{\"name\":\"x\"}"))
                        .statusCode())
                .as("no origin at all")
                .isEqualTo(403);
        assertThat(lastCall.get()).isNull();
    }

    @Test
    void contractsAreServed() throws Exception {
        HttpResponse<String> list = edge.send(edge.request("/api/v1/openapi"));
        assertThat(json(list).getJsonArray("items")).containsExactly("others.yaml", "things.yaml");
        HttpResponse<String> contract = edge.send(edge.request("/api/v1/openapi/things.yaml"));
        assertThat(contract.body()).contains("operationId: listThings");
        assertThat(edge.send(edge.request("/api/v1/openapi/none.yaml")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void pagesComeWithAPolicyThatAllowsTheirImportMap() throws Exception {
        HttpResponse<String> page = edge.send(edge.request("/"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("安伴");
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        // printf '{"imports": {"lit": "/webjars/lit.js"}}' | openssl dgst -sha256 -binary | base64
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .contains("script-src 'self' 'sha256-didWuc338/Wo3uHFOs4Gfd/aGnE2MWUaTy5gA/X03j8='")
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
        HttpResponse<String> script = edge.send(edge.request("/app.js"));
        assertThat(script.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
        assertThat(edge.send(edge.request("/.hidden")).statusCode()).isEqualTo(404);
        assertThat(edge.send(edge.request("/../openapi/things.yaml")).statusCode())
                .isEqualTo(404);
        assertThat(edge.send(edge.request("/%2e%2e/openapi/things.yaml")).statusCode())
                .isEqualTo(404);
        assertThat(get("/api/v1/things").headers().firstValue("X-Content-Type-Options"))
                .contains("nosniff");
        assertThat(get("/api/v1/things").headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void readinessTellsWhichCheckFails() throws Exception {
        assertThat(edge.send(edge.request("/health/live")).statusCode()).isEqualTo(200);
        assertThat(edge.send(edge.request("/health/ready")).statusCode()).isEqualTo(200);

        problem.set(Optional.of("does not answer"));

        HttpResponse<String> response = edge.send(edge.request("/health/ready"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).getJsonArray("checks").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("name", "database")
                        .put("status", "DOWN")
                        .put("problem", "does not answer"));
        assertThat(edge.send(edge.request("/health/live")).statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreForThisMachine() throws Exception {
        get("/api/v1/things");

        HttpResponse<String> metrics = edge.send(edge.request("/metrics"));
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("vertx_http_server").contains("jvm_memory_used_bytes");
        assertThat(edge.send(edge.request("/metrics").header("X-Forwarded-For", "203.0.113.9"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTakenPortIsOneClearLine() {
        assertThatThrownBy(() -> HttpEdge.start(
                        edge.vertx(),
                        new HttpEdge.Parts(
                                "127.0.0.1",
                                edge.edge().port(),
                                List.of(),
                                token -> Optional.empty(),
                                Site.NONE,
                                new Monitoring(
                                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), List.of(), false))))
                .isInstanceOf(StartException.class)
                .hasMessage("HTTP port " + edge.edge().port() + " on 127.0.0.1 is taken");
    }

    @Test
    void aContractAndItsHandlersMustMatch() {
        Api incomplete = Api.of("openapi/others.yaml");
        assertThatThrownBy(() -> new TestEdge(List.of(incomplete), Ada.ONLY, Site.NONE, List.of()))
                .hasMessageContaining("operations without handler [getOther, wait]");
        Api excess = others().on("invented", call -> Reply.none());
        assertThatThrownBy(() -> new TestEdge(List.of(excess), Ada.ONLY, Site.NONE, List.of()))
                .hasMessageContaining("handlers without operation [invented]");
        assertThatThrownBy(() -> new TestEdge(List.of(others(), others()), Ada.ONLY, Site.NONE, List.of()))
                .hasMessageContaining("POST /api/v1/waits is taken");
    }
}
