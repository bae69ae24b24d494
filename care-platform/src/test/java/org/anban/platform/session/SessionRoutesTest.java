package org.anban.platform.session;

import static org.anban.platform.PlatformOverHttp.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.anban.platform.PlatformFixture;
import org.anban.platform.PlatformOverHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionRoutesTest {
    private PlatformFixture fixture;
    private PlatformOverHttp http;

    @BeforeEach
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        http = new PlatformOverHttp(fixture.platform());
    }

    @AfterEach
    void stop() {
        http.close();
        fixture.close();
    }

    @Test
    void aProgramLogsInIsKnownAndLogsOut() {
        HttpResponse<String> opened = http.login("operator1", PlatformFixture.PASSWORD);
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(opened.headers().firstValue("Set-Cookie")).isEmpty();
        String token = json(opened).getString("token");
        assertThat(json(opened).getJsonObject("person").getJsonArray("roles")).containsExactly("OPERATOR");

        HttpResponse<String> current = http.get(token, "/sessions/current");
        assertThat(current.statusCode()).isEqualTo(200);
        assertThat(json(current).getJsonObject("person")).isEqualTo(json(opened).getJsonObject("person"));
        assertThat(current.body()).doesNotContain(token);

        HttpRequest.Builder out = http.request("/sessions/current")
                .header("Authorization", "Bearer " + token)
                .DELETE();
        assertThat(http.send(out).statusCode()).isEqualTo(204);
        assertThat(http.get(token, "/sessions/current").statusCode()).isEqualTo(401);
    }

    @Test
    void aBrowserGetsACookieThatNoScriptCanReadAndThatLoggingOutTakesAway() {
        HttpResponse<String> opened = http.send(PlatformOverHttp.json(http.request("/sessions"), "POST", browser()));
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("anban_session=" + json(opened).getString("token") + ";")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .as("the server says when a login ends: under an open P0 the browser must not drop it")
                .contains("Max-Age=" + Duration.ofDays(400).toSeconds())
                .doesNotContain("Secure");
        String pair = cookie.substring(0, cookie.indexOf(';'));
        HttpRequest.Builder current = http.request("/sessions/current").header("Cookie", pair);
        assertThat(http.send(current).statusCode()).isEqualTo(200);

        String page = current.build().uri().getAuthority();
        HttpResponse<String> closed = http.send(http.request("/sessions/current")
                .header("Cookie", pair)
                .header("Origin", "http://" + page)
                .DELETE());

        assertThat(closed.statusCode()).isEqualTo(204);
        assertThat(closed.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("anban_session=;")
                .contains("Max-Age=0");
        assertThat(http.send(current).statusCode()).isEqualTo(401);
    }

    @Test
    void behindTlsTheCookieIsSecure() {
        HttpResponse<String> opened = http.send(PlatformOverHttp.json(http.request("/sessions"), "POST", browser())
                .header("X-Forwarded-Proto", "https"));

        assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
    }

    @Test
    void aWrongPasswordIs401AndTooManyAre429WithATimeToWait() {
        for (int i = 0; i < LoginLimits.USUAL.perUserAndAddress(); i++) {
            HttpResponse<String> wrong = http.login("operator1", "guess " + i);
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.headers().firstValue("Content-Type")).contains("application/problem+json");
        }

        HttpResponse<String> limited = http.login("operator1", PlatformFixture.PASSWORD);

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("900");
        assertThat(limited.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void anOperatorIsNotLoggedOutUnderAnOpenP0() {
        String token = http.tokenOf("operator1");
        fixture.criticalOpen.set(true);
        fixture.time.advance(SessionTerms.USUAL.staffIdle().plusHours(1));

        assertThat(http.get(token, "/sessions/current").statusCode()).isEqualTo(200);
        assertThat(http.login("operator1", PlatformFixture.PASSWORD).statusCode())
                .as("and logging in again works in place")
                .isEqualTo(201);
    }

    @Test
    void whatTheContractDoesNotAllowIsRefusedAndNamed() {
        HttpResponse<String> missing = http.send(PlatformOverHttp.json(
                http.request("/sessions"), "POST", new JsonObject().put("username", "operator1")));
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body()).contains("password");
        HttpResponse<String> wrongType = http.send(PlatformOverHttp.json(
                http.request("/sessions"),
                "POST",
                new JsonObject().put("username", 5).put("password", "x")));
        assertThat(wrongType.statusCode()).isEqualTo(400);
        assertThat(fixture.count("select count(*) from platform.login_attempts"))
                .isZero();
    }

    private static JsonObject browser() {
        return new JsonObject()
                .put("username", "operator1")
                .put("password", PlatformFixture.PASSWORD)
                .put("cookie", true);
    }
}
