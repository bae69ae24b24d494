package org.anban.gateway.listener;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.anban.kit.config.StartException;
import org.anban.kit.tls.Certificates;
import org.anban.kit.tls.TlsMaterial;
import org.jspecify.annotations.Nullable;

/**
 * TLS for new connections, with the certificate that is current when they begin. A context is never changed, only
 * replaced: sessions that could be resumed are forgotten with it, and so is what a revoked certificate had proved.
 */
final class Tls implements AutoCloseable {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final long RESUMED_SECONDS = 3_600;
    private static final int THREADS = 2;

    private record Built(TlsMaterial of, SslContext context) {}

    private final Certificates certificates;
    private final AtomicReference<@Nullable Built> built = new AtomicReference<>();

    /** A signature takes a millisecond: a district that comes back must not keep the event loops from alarms. */
    private final ExecutorService signatures =
            Executors.newFixedThreadPool(THREADS, new DefaultThreadFactory("gateway-tls", true));

    Tls(Certificates certificates) {
        this.certificates = certificates;
    }

    /** On the event loop of a new channel. How long the handshake may take is decided with the whole of CONNECT. */
    SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = context().newHandler(allocator, signatures);
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    private SslContext context() {
        TlsMaterial material = certificates.current();
        Built known = built.get();
        if (known == null || known.of() != material) {
            known = new Built(material, build(material));
            built.set(known);
        }
        return known.context();
    }

    private static SslContext build(TlsMaterial material) {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(material.keys())
                    .sslProvider(SslProvider.JDK)
                    .protocols(List.of(VERSIONS))
                    .sessionTimeout(RESUMED_SECONDS);
            if (material.clients() != null) {
                builder.trustManager(material.clients())
                        .clientAuth(material.clientsRequired() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
            }
            return builder.build();
        } catch (SSLException e) {
            throw new StartException("TLS: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        signatures.shutdown();
    }
}
