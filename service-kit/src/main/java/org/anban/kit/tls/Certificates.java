package org.anban.kit.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import org.anban.kit.config.StartException;
import org.anban.kit.loop.Loop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate as it is in its files now. They are looked at each second; what has been the same for two looks
 * and is whole is used for connections that begin after that. What is not is told (log, {@link #problem}, metrics), and the
 * certificate before it stays in use.
 *
 * <p>Metrics, tagged {@code door}: {@code anban.tls.certificate.days} until it expires, {@code anban.tls.files.broken} 1 while
 * the files cannot be used. Any thread may ask.
 */
public final class Certificates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Certificates.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final TlsFiles files;
    private final InstantSource time;
    private final Loop loop;
    private volatile TlsMaterial current;
    private volatile @Nullable String broken;
    private byte[] used;

    /** Of the last look; empty if the files could not be read. */
    private byte[] seen;

    private Certificates(TlsFiles files, String door, InstantSource time, MeterRegistry metrics) {
        this.files = files;
        this.time = time;
        try {
            Map<Path, byte[]> contents = read();
            current = TlsMaterial.of(files, contents);
            used = digest(contents);
            seen = used;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new StartException("TLS: " + words(e), e);
        }
        Gauge.builder("anban.tls.certificate.days", this, Certificates::days)
                .description("days until the certificate expires")
                .tag("door", door)
                .register(metrics);
        Gauge.builder("anban.tls.files.broken", this, c -> c.broken == null ? 0 : 1)
                .description("1 while the files of the certificate cannot be used")
                .tag("door", door)
                .register(metrics);
        this.loop = Loop.start("certificates " + door, metrics, this::look);
    }

    /**
     * Reads the files and watches them.
     *
     * @param door what the certificate is for, in metrics
     * @throws StartException if they cannot be used
     */
    public static Certificates open(TlsFiles files, String door, InstantSource time, MeterRegistry metrics) {
        return new Certificates(files, door, time, metrics);
    }

    /** What connections that begin now should use. It is another object after each exchange. */
    public TlsMaterial current() {
        return current;
    }

    /** The current certificate, for servers that take a key manager once. */
    public X509ExtendedKeyManager keyManager() {
        return new CurrentKeys(this);
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem() {
        String reason = broken;
        return reason != null ? Optional.of(reason) : current.problem(time.instant());
    }

    private double days() {
        return Duration.between(time.instant(), current.expires()).toSeconds() / SECONDS_A_DAY;
    }

    private Duration look() throws GeneralSecurityException {
        Map<Path, byte[]> contents;
        try {
            contents = read();
        } catch (IOException e) {
            if (seen.length == 0) {
                breaks(words(e));
            }
            seen = new byte[0];
            return LOOK_EVERY;
        }
        byte[] found = digest(contents);
        boolean settled = MessageDigest.isEqual(found, seen);
        seen = found;
        if (MessageDigest.isEqual(found, used)) {
            broken = null;
        } else if (settled) {
            exchange(contents, found);
        }
        return LOOK_EVERY;
    }

    private void exchange(Map<Path, byte[]> contents, byte[] digest) {
        try {
            current = TlsMaterial.of(files, contents);
            used = digest;
            broken = null;
            log.info("the certificate in {} was exchanged; it expires at {}", files.certificate(), current.expires());
        } catch (GeneralSecurityException | RuntimeException e) {
            breaks(words(e));
        }
    }

    private void breaks(String reason) {
        if (!reason.equals(broken)) {
            broken = reason;
            log.error("the new certificate cannot be used, the one before it stays: {}", reason);
        }
    }

    private static String words(Exception failure) {
        return failure instanceof IOException ? "cannot read " + failure.getMessage() : failure.getMessage();
    }

    private Map<Path, byte[]> read() throws IOException {
        Map<Path, byte[]> contents = new LinkedHashMap<>();
        for (Path file : files.all()) {
            contents.put(file, Files.readAllBytes(file));
        }
        return contents;
    }

    private static byte[] digest(Map<Path, byte[]> contents) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] content : contents.values()) {
            digest.update(MessageDigest.getInstance("SHA-256").digest(content));
        }
        return digest.digest();
    }

    @Override
    public void close() {
        loop.close();
    }
}
