package org.anban.platform.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Set;
import org.anban.platform.PlatformConfig;
import org.anban.platform.PlatformFixture;
import org.anban.platform.PlatformOverHttp;
import org.anban.platform.origin.Proxies;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    private static final int MOST = LoginLimits.USUAL.perUserAndAddress();

    @Test
    void behindOurProxyAttemptsAreCountedByTheClientsOwnAddress() {
        PlatformConfig behindProxy = PlatformConfig.USUAL.behind(new Proxies(Set.of("127.0.0.1")));
        try (PlatformFixture fixture = PlatformFixture.withDemoDistrict(behindProxy);
                PlatformOverHttp http = new PlatformOverHttp(fixture.platform())) {
            for (int i = 0; i < MOST; i++) {
                login(http, "guess", "invented-" + i + ", 198.51.100.7");
            }

            assertThat(login(http, PlatformFixture.PASSWORD, "198.51.100.7").statusCode())
                    .isEqualTo(429);
            assertThat(login(http, PlatformFixture.PASSWORD, "192.0.2.1").statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void whatAStrangerSaysOfTheirAddressIsNotBelieved() {
        try (PlatformFixture fixture = PlatformFixture.withDemoDistrict();
                PlatformOverHttp http = new PlatformOverHttp(fixture.platform())) {
            for (int i = 0; i < MOST; i++) {
                login(http, "guess", "198.51.100." + i);
            }

            assertThat(login(http, PlatformFixture.PASSWORD, "192.0.2.1").statusCode())
                    .isEqualTo(429);
        }
    }

    private static HttpResponse<String> login(PlatformOverHttp http, String password, String forwardedFor) {
        JsonObject body = new JsonObject().put("username", "operator1").put("password", password);
        return http.send(
                PlatformOverHttp.json(http.request("/sessions"), "POST", body).header("X-Forwarded-For", forwardedFor));
    }
}
