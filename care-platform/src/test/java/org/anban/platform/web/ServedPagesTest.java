package org.anban.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anban.kit.edge.HttpEdge;
import org.anban.kit.edge.Monitoring;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ServedPagesTest {
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Vertx vertx;
    private static HttpEdge edge;

    @BeforeAll
    static void serve() {
        vertx = Vertx.vertx();
        Monitoring monitoring = new Monitoring(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), List.of(), false);
        edge = HttpEdge.start(
                vertx,
                new HttpEdge.Parts("127.0.0.1", 0, List.of(), token -> Optional.empty(), WebPages.site(), monitoring));
    }

    @AfterAll
    static void stop() {
        edge.close();
        vertx.close();
    }

    @Test
    void theConsoleIsAtTheRootAndTheFamilysPageBelowIt() throws Exception {
        assertThat(get("/").body()).contains("<operator-console>");
        assertThat(get("/family/").body()).contains("<family-page>");
    }

    @Test
    void everyLibraryIsServedAsAScript() throws Exception {
        JsonObject imports = new JsonObject(importMap(get("/").body())).getJsonObject("imports");
        for (String name : imports.fieldNames()) {
            if (!name.endsWith("/")) {
                HttpResponse<String> answer = get(imports.getString(name));
                assertThat(answer.statusCode()).as(name).isEqualTo(200);
                assertThat(answer.headers().firstValue("content-type").orElse(""))
                        .as(name)
                        .contains("javascript");
            }
        }
    }

    @Test
    void theContentPolicyAllowsTheImportMapAndNoOtherInlineScript() throws Exception {
        for (String page : List.of("/", "/family/")) {
            HttpResponse<String> answer = get(page);
            String policy =
                    answer.headers().firstValue("content-security-policy").orElse("");

            assertThat(policy)
                    .contains("script-src 'self' 'sha256-" + sha256(importMap(answer.body())) + "'")
                    .doesNotContain("unsafe-eval");
            assertThat(policy.substring(policy.indexOf("script-src"), policy.indexOf("style-src")))
                    .doesNotContain("unsafe-inline");
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String importMap(String page) {
        Matcher found = IMPORT_MAP.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(hash);
    }
}
