package org.anban.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.anban.kit.config.StartException;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CertificatesTest {
    private static final Instant TEN_DAYS_BEFORE_THE_END = Instant.parse("2099-12-22T00:00:00Z");

    @TempDir
    private Path folder;

    private final SettableTime time = new SettableTime(TEN_DAYS_BEFORE_THE_END);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private TestAuthority authority;
    private Path certificate;
    private Path key;

    @BeforeEach
    void prepare() throws Exception {
        authority = TestAuthority.named("an authority");
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server.key");
        authority.server("one").write(certificate, key);
    }

    @Test
    void aNewCertificateIsUsedOnceItsKeyIsThereToo() throws Exception {
        TestAuthority.Leaf two = authority.server("two");
        try (Certificates certificates = open(null)) {
            TlsMaterial one = certificates.current();
            Path other = folder.resolve("other.key");
            two.write(certificate, other);
            Eventually.until(
                    "a certificate without its key is told",
                    () -> certificates.problem().isPresent());
            assertThat(certificates.problem().orElseThrow()).contains("is not the key of");
            assertThat(metrics.get("anban.tls.files.broken").gauge().value()).isOne();
            assertThat(certificates.current()).isSameAs(one);

            Files.move(other, key, StandardCopyOption.REPLACE_EXISTING);

            Eventually.until("it is used", () -> certificates.current() != one);
            assertThat(certificates.problem()).isEmpty();
            assertThat(metrics.get("anban.tls.files.broken").gauge().value()).isZero();
            assertThat(shown(certificates)).isEqualTo("CN=two");
        }
    }

    @Test
    void aFileThatIsAwayForAMomentIsMissedAndFoundAgain() throws Exception {
        try (Certificates certificates = open(null)) {
            Path aside = folder.resolve("aside");
            Files.move(key, aside);
            Eventually.until("it is missed", () -> certificates.problem().isPresent());
            assertThat(certificates.problem().orElseThrow()).contains("server.key");
            Files.move(aside, key);
            Eventually.until("it is back", () -> certificates.problem().isEmpty());
            assertThat(shown(certificates)).isEqualTo("CN=one");
        }
    }

    @Test
    void theDaysThatAreLeftAreAMetricAndTheEndIsAProblem() {
        try (Certificates certificates = open(null)) {
            assertThat(metrics.get("anban.tls.certificate.days").gauge().value())
                    .isEqualTo(10);
            assertThat(certificates.problem()).isEmpty();
            time.advance(Duration.ofDays(11));
            assertThat(metrics.get("anban.tls.certificate.days").gauge().value())
                    .isEqualTo(-1);
            assertThat(certificates.problem().orElseThrow()).contains("expired");
        }
    }

    @Test
    void aRevocationListOfAnybodyElseIsBroken() throws Exception {
        Path authorities = folder.resolve("ca.pem");
        Path revoked = folder.resolve("revoked.pem");
        authority.writeCertificate(authorities);
        TestAuthority namesake = TestAuthority.named("an authority");
        namesake.writeRevoked(revoked, authority.device("w-1").certificate());
        assertThatThrownBy(() -> open(new TlsFiles.Clients(authorities, revoked, true)))
                .isInstanceOf(StartException.class);
        authority.writeRevoked(revoked, authority.device("w-1").certificate());
        try (Certificates certificates = open(new TlsFiles.Clients(authorities, revoked, true))) {
            assertThat(certificates.current().clientsRequired()).isTrue();
        }
    }

    @Test
    void filesThatCannotBeUsedEndTheStartInOneLineThatNamesThem() throws Exception {
        String good = Files.readString(key);
        assertBroken("", "server.key");
        assertBroken(good.replace("PRIVATE KEY", "EC PRIVATE KEY"), "PRIVATE KEY");
        assertBroken(good.substring(0, good.length() - 30), "server.key");
        Files.delete(key);
        assertThatThrownBy(() -> open(null)).isInstanceOf(StartException.class).hasMessageContaining("server.key");
    }

    private void assertBroken(String content, String words) throws Exception {
        Files.writeString(key, content);
        assertThatThrownBy(() -> open(null))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("TLS: ")
                .hasMessageContaining(words)
                .message()
                .doesNotContain("\n");
    }

    private Certificates open(TlsFiles.Clients clients) {
        return Certificates.open(new TlsFiles(certificate, key, clients), "test", time, metrics);
    }

    private static String shown(Certificates certificates) {
        String alias = certificates.keyManager().chooseEngineServerAlias("EC", null, null);
        return certificates
                .keyManager()
                .getCertificateChain(alias)[0]
                .getSubjectX500Principal()
                .getName();
    }
}
