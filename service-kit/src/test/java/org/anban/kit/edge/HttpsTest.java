package org.anban.kit.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestAuthority;
import org.anban.kit.tls.Certificates;
import org.anban.kit.tls.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpsTest {
    @TempDir
    private Path folder;

    @Test
    void theSecurePortServesTheSameAndFollowsItsCertificate() throws Exception {
        TestAuthority authority = TestAuthority.named("an authority");
        TlsFiles files = new TlsFiles(folder.resolve("s.pem"), folder.resolve("s.key"), null);
        authority.server("one").write(files.certificate(), files.key());
        Vertx vertx = Vertx.vertx();
        HttpEdge.Parts parts = new HttpEdge.Parts(
                "127.0.0.1",
                0,
                List.of(),
                token -> Optional.empty(),
                Site.NONE,
                new Monitoring(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), List.of(), false));
        try (Certificates certificates =
                        Certificates.open(files, "http", new SettableTime(Instant.EPOCH), new SimpleMeterRegistry());
                HttpEdge edge =
                        HttpEdge.start(vertx, parts, new HttpEdge.Secure("127.0.0.1", 0, certificates.keyManager()))) {
            SSLContext trusting = trusting(authority);
            HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
            URI health = URI.create("https://127.0.0.1:" + edge.securePort() + "/health/live");
            HttpRequest request = HttpRequest.newBuilder(health).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(shown(authority, edge)).isEqualTo("CN=one");

            authority.server("two").write(files.certificate(), files.key());

            Eventually.until("it is exchanged", () -> shown(authority, edge).equals("CN=two"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static String shown(TestAuthority authority, HttpEdge edge) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) trusting(authority).getSocketFactory().createSocket("127.0.0.1", edge.securePort())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static SSLContext trusting(TestAuthority authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
