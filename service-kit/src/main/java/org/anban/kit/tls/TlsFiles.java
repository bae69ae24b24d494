package org.anban.kit.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server's certificate is, in PEM.
 *
 * @param certificate our own first, then whoever signed it
 * @param key PKCS#8 without a password
 * @param clients null if clients are not asked for certificates
 */
public record TlsFiles(Path certificate, Path key, @Nullable Clients clients) {
    /**
     * Whom we believe about clients.
     *
     * @param authorities their certificates
     * @param revoked lists of certificates that they have revoked, or null
     * @param required whether a client without a certificate is turned away
     */
    public record Clients(Path authorities, @Nullable Path revoked, boolean required) {}

    List<Path> all() {
        List<Path> files = new ArrayList<>(List.of(certificate, key));
        if (clients != null) {
            files.add(clients.authorities());
            if (clients.revoked() != null) {
                files.add(clients.revoked());
            }
        }
        return files;
    }
}
