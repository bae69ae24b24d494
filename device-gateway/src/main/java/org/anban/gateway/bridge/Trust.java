package org.anban.gateway.bridge;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.anban.kit.config.StartException;

/** Whom we believe to be the broker, and what we show it. */
final class Trust {
    private Trust() {}

    /** @throws StartException if a file cannot be read or is not what it should be */
    static SSLSocketFactory of(Broker.TlsFiles files) {
        List<Path> unreadable = Stream.of(files.authorities(), files.certificate(), files.key())
                .filter(Objects::nonNull)
                .filter(file -> !Files.isReadable(file))
                .toList();
        if (!unreadable.isEmpty()) {
            throw new StartException("cannot read " + unreadable.get(0) + " for the bridge");
        }
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
            if (files.authorities() != null) {
                builder.trustManager(files.authorities().toFile());
            }
            if (files.certificate() != null && files.key() != null) {
                builder.keyManager(files.certificate().toFile(), files.key().toFile());
            }
            return ((JdkSslContext) builder.build()).context().getSocketFactory();
        } catch (SSLException | IllegalArgumentException e) {
            throw new StartException(
                    "the certificates of the bridge cannot be used (PEM, keys in PKCS 8): " + e.getMessage(), e);
        }
    }
}
