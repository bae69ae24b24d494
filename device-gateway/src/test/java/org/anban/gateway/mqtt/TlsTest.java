package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.anban.contracts.device.Standing;
import org.anban.contracts.event.Lane;
import org.anban.gateway.GatewayUnderTest;
import org.anban.gateway.listener.Endpoint;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestAuthority;
import org.anban.kit.tls.TlsFiles;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates: ours, exchanged while devices are connected, and theirs. */
@Timeout(120)
class TlsTest {
    private static final String SOS = "{\"type\":\"sos\"}";

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.named("Mentougou devices");
        authority.server("first").write(certificate(), key());
        authority.writeCertificate(folder.resolve("ca.pem"));
        authority.writeRevoked(crl(), authority.device("nobody").certificate());
        TlsFiles.Clients clients = new TlsFiles.Clients(folder.resolve("ca.pem"), crl(), false);
        gateway = GatewayUnderTest.on(
                Duration.ofSeconds(3),
                new TlsFiles(certificate(), key(), clients),
                Endpoint.Kind.TLS,
                Endpoint.Kind.SECURE_WEBSOCKET,
                Endpoint.Kind.WEBSOCKET);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aDeviceWithAKeyConnectsOverEveryTransport() throws Exception {
        String[] urls = {
            "ssl://127.0.0.1:" + gateway.port(0),
            "wss://127.0.0.1:" + gateway.port(1) + "/mqtt",
            "ws://127.0.0.1:" + gateway.port(2) + "/mqtt"
        };
        for (int i = 0; i < urls.length; i++) {
            String device = "over-" + i;
            String key = gateway.register(device);
            MqttClient client = new MqttClient(urls[i], device, new MemoryPersistence());
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setUserName(device);
            options.setPassword(key.getBytes(StandardCharsets.UTF_8));
            if (!urls[i].startsWith("ws:")) {
                options.setSocketFactory(context(null).getSocketFactory());
            }
            client.connect(options);
            client.publish("care/v1/" + device + "/event", SOS.getBytes(StandardCharsets.UTF_8), 1, false);
            client.disconnect();
            client.close();
            assertThat(gateway.logged(Lane.ALARM, device)).as(urls[i]).hasSize(1);
        }
    }

    @Test
    void aCertificateIsExchangedWhileConnectionsGoOn() throws Exception {
        String key = gateway.register("stays");
        try (RawClient before = tls("stays", key, null)) {
            assertThat(publish(before, "stays", 1)).isEqualTo("400001");

            authority.server("second").write(certificate(), key());

            Eventually.until("new connections see it", () -> shown().contains("CN=second"));
            assertThat(publish(before, "stays", 2)).isEqualTo("400002");
        }
    }

    @Test
    void aBrokenFileLeavesTheCertificateBeforeItInUseAndIsToldUntilItIsMended() throws Exception {
        authority.server("good").write(certificate(), key());
        Eventually.until("it is used", () -> shown().contains("CN=good"));
        String pem = Files.readString(certificate());

        Files.writeString(certificate(), pem.substring(0, pem.length() / 2));
        Eventually.until("it is told", () -> gateway.gateway().problem().isPresent());
        assertThat(gateway.gateway().problem().orElseThrow())
                .startsWith("TLS: ")
                .contains("server.pem");
        assertThat(shown()).contains("CN=good");

        Files.writeString(certificate(), pem);
        Eventually.until("it is well", () -> gateway.gateway().problem().isEmpty());
    }

    @Test
    void aDeviceWithItsCertificateNeedsNoKey() throws Exception {
        gateway.register("certified");
        gateway.register("certified-by-urn");
        try (RawClient client = open(authority.device("certified"), "TLSv1.2");
                RawClient other = open(authority.deviceByUrn("certified-by-urn"), "TLSv1.3")) {
            client.send(client.connect("certified", "", true, 60));
            assertThat(client.next()).isEqualTo("200000");
            other.send(other.connect("certified-by-urn", "", true, 60));
            assertThat(other.next()).isEqualTo("200000");
            assertThat(publish(client, "certified", 1)).isEqualTo("400001");
        }
    }

    @Test
    void aDeviceThatMayOnlyUseItsKeyIsRefusedWithItsCertificate() throws Exception {
        String key = gateway.register("key-only");
        gateway.database()
                .database()
                .inTransaction(handle ->
                        handle.execute("update gateway.device_key set accepts = 'KEY' where device = 'key-only'"));
        try (RawClient client = open(authority.device("key-only"), "TLSv1.3")) {
            client.send(client.connect("key-only", "", true, 60));
            assertThat(client.next()).isIn("200004", "200005");
        }
        try (RawClient client = tls("key-only", key, authority.device("key-only"))) {
            assertThat(publish(client, "key-only", 1)).isEqualTo("400001");
        }
    }

    @Test
    void aBlockedDeviceIsRefusedWithItsCertificate() throws Exception {
        gateway.register("blocked");
        gateway.stand("blocked", Standing.BLOCKED);
        try (RawClient client = open(authority.device("blocked"), "TLSv1.3")) {
            client.send(client.connect("blocked", "", true, 60));
            assertThat(client.next()).isEqualTo("200005");
        }
        Eventually.until("it is counted as blocked", () -> gateway.setAside("blocked", "blocked") == 1);
    }

    @Test
    void anothersCertificateHelpsNobodyEvenWithTheRightKey() throws Exception {
        String key = gateway.register("victim");
        gateway.register("attacker");
        try (RawClient client = open(authority.device("attacker"), "TLSv1.3")) {
            client.send(client.connect("victim", key, true, 60));
            assertThat(client.next()).isEqualTo("200005");
        }
    }

    @Test
    void aCertificateOfADeviceThatTheRegisterDoesNotKnowIsNotEnough() throws Exception {
        try (RawClient client = open(authority.device("never-registered"), "TLSv1.3")) {
            client.send(client.connect("never-registered", "", true, 60));
            assertThat(client.next()).isEqualTo("200005");
        }
    }

    @Test
    void expiredForeignAndMisusedCertificatesEndTheHandshakeAndAreCounted() throws Exception {
        gateway.register("untrusted");
        TestAuthority foreign = TestAuthority.named("Mentougou devices");
        for (TestAuthority.Leaf leaf : new TestAuthority.Leaf[] {
            authority.expiredDevice("untrusted"), foreign.device("untrusted"), authority.server("untrusted")
        }) {
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                long before = gateway.setAside("(others)", "tls-handshake");
                assertRefused(leaf, version);
                Eventually.until("counted", () -> gateway.setAside("(others)", "tls-handshake") == before + 1);
            }
        }
        assertThat(gateway.setAside("untrusted", "wrong-key")).isZero();
    }

    @Test
    void aCertificateIsRefusedOnceItIsRevoked() throws Exception {
        gateway.register("stolen");
        TestAuthority.Leaf leaf = authority.device("stolen");
        SSLContext context = context(leaf);
        try (RawClient client = open(context, "TLSv1.3")) {
            client.send(client.connect("stolen", "", true, 60));
            assertThat(client.next()).isEqualTo("200000");
        }

        authority.writeRevoked(crl(), leaf.certificate());

        Eventually.until("the same context, whose session could be resumed, is refused", () -> {
            try (RawClient client = open(context, "TLSv1.3")) {
                client.send(client.connect("stolen", "", true, 60));
                return !client.next().equals("200000");
            } catch (IOException e) {
                return true;
            }
        });
    }

    @Test
    void aHandshakeThatNeverEndsIsClosedAndCounted() throws Exception {
        long before = gateway.setAside("(others)", "connect-timeout");
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1}); // a ClientHello of 512 bytes begins
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(32); // an alert, perhaps, and the end
        }
        Eventually.until("counted", () -> gateway.setAside("(others)", "connect-timeout") > before);
    }

    @Test
    void mqttWithoutTlsIsNoHandshakeAndCounted() throws Exception {
        long before = gateway.setAside("(others)", "tls-handshake");
        try (RawClient client = RawClient.open(gateway.port(), 4)) {
            client.send(client.connect("plain", "k", true, 60));
            assertThat(client.next()).isNotEqualTo("200000");
        }
        Eventually.until("counted", () -> gateway.setAside("(others)", "tls-handshake") > before);
    }

    /** Below MQTT: there is no CONNACK. */
    private static void assertRefused(TestAuthority.Leaf leaf, String version) throws Exception {
        String answer;
        try (RawClient client = open(leaf, version)) {
            client.send(client.connect("untrusted", "", true, 60));
            answer = client.next();
        } catch (IOException e) {
            answer = "closed";
        }
        assertThat(answer).isEqualTo("closed");
    }

    private static String publish(RawClient client, String device, int packetId) throws IOException {
        client.send(client.publish("care/v1/" + device + "/event", 1, packetId, SOS));
        return client.next();
    }

    private static RawClient tls(String device, String key, TestAuthority.@Nullable Leaf leaf) throws Exception {
        RawClient client = open(leaf, "TLSv1.3");
        client.send(client.connect(device, key, true, 60));
        assertThat(client.next()).isEqualTo("200000");
        return client;
    }

    private static RawClient open(TestAuthority.@Nullable Leaf leaf, String version) throws Exception {
        return open(context(leaf), version);
    }

    private static RawClient open(SSLContext context, String version) throws Exception {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", gateway.port());
        socket.setEnabledProtocols(new String[] {version});
        return RawClient.over(socket, 4);
    }

    /** The subject of the certificate that a new connection is shown. */
    private static String shown() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) context(null).getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static SSLContext context(TestAuthority.@Nullable Leaf leaf) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (leaf != null) {
            own.setKeyEntry("own", leaf.key(), new char[0], new Certificate[] {leaf.certificate()});
        }
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Path certificate() {
        return folder.resolve("server.pem");
    }

    private static Path key() {
        return folder.resolve("server.key");
    }

    private static Path crl() {
        return folder.resolve("revoked.pem");
    }
}
