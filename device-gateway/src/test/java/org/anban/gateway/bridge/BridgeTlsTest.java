package org.anban.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.anban.contracts.event.Lane;
import org.anban.gateway.inlet.InletLimits;
import org.anban.gateway.inlet.InletUnderTest;
import org.anban.gateway.source.Quota;
import org.anban.kit.config.StartException;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that shows its certificate and wants to see ours. */
@Timeout(180)
class BridgeTlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final InletUnderTest gateway = new InletUnderTest(Quota.Limit.DEFAULT, InletLimits.DEFAULT);
    private Mosquitto broker;
    private int plainPort;

    @BeforeEach
    void start() throws Exception {
        TestAuthority authority = TestAuthority.named("the broker's authority");
        authority.writeCertificate(file("ca.pem"));
        authority.server("broker").write(file("server.pem"), file("server.key"));
        authority.device("anban").write(file("client.pem"), file("client.key"));
        TestAuthority.named("somebody else").writeCertificate(file("other.pem"));
        plainPort = Mosquitto.freePort();
        broker = Mosquitto.start(
                folder,
                "allow_anonymous true",
                "cafile " + file("ca.pem"),
                "certfile " + file("server.pem"),
                "keyfile " + file("server.key"),
                "require_certificate true",
                "listener " + plainPort + " 127.0.0.1");
        gateway.register("w-1");
    }

    @AfterEach
    void stop() {
        broker.close();
        gateway.close();
    }

    @Test
    void bothSidesShowTheirCertificates() throws Exception {
        Broker.TlsFiles files = new Broker.TlsFiles(file("ca.pem"), file("client.pem"), file("client.key"));
        try (Bridge bridge = start(files)) {
            Eventually.until("it is connected", LIMIT, bridge::isConnected);
            try (Publisher publisher = new Publisher("tcp://127.0.0.1:" + plainPort)) {
                publisher.publish("care/v1/w-1/event", "{\"type\":\"sos\"}");
            }
            Eventually.until(
                    "it is logged", LIMIT, () -> gateway.logged(Lane.ALARM).size() == 1);
        }
    }

    @Test
    void aBrokerOfAnotherAuthorityIsNotBelieved() throws Exception {
        Broker.TlsFiles files = new Broker.TlsFiles(file("other.pem"), file("client.pem"), file("client.key"));
        assertThat(trouble(files)).contains("127.0.0.1").containsIgnoringCase("certif");
    }

    @Test
    void withoutACertificateOfOursTheBrokerRefuses() throws Exception {
        assertThat(trouble(new Broker.TlsFiles(file("ca.pem"), null, null))).contains("127.0.0.1");
    }

    @Test
    void aFileThatIsNoCertificateEndsTheStart() throws IOException {
        Files.writeString(file("nonsense.pem"), "nonsense");
        assertThatThrownBy(() -> start(new Broker.TlsFiles(file("nonsense.pem"), null, null)))
                .isInstanceOf(StartException.class);
        assertThatThrownBy(() -> start(new Broker.TlsFiles(file("missing.pem"), null, null)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("missing.pem");
    }

    /** Why a bridge with these files does not connect. */
    private String trouble(Broker.TlsFiles files) {
        try (Bridge bridge = start(files)) {
            Eventually.until("it says why", LIMIT, () -> bridge.trouble().contains("ssl://"));
            assertThat(bridge.isConnected()).isFalse();
            return bridge.trouble();
        }
    }

    private Bridge start(Broker.TlsFiles files) {
        Broker at = new Broker(List.of("ssl://127.0.0.1:" + broker.port()), "", "", files);
        return Bridge.start(
                new Bridge.Parts(
                        gateway.inlet(),
                        gateway.commands(),
                        gateway.log(),
                        gateway.setAsides(),
                        new SimpleMeterRegistry()),
                BridgeConfig.of(at));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
