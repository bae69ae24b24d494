package org.anban.gateway.bridge;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * The broker and how we prove who we are.
 *
 * @param urls {@code tcp://}, {@code ssl://}, {@code ws://} or {@code wss://} with host and port; tried in turn
 * @param user empty for none
 * @param password empty for none
 * @param files for {@code ssl://} and {@code wss://}
 */
public record Broker(List<String> urls, String user, String password, TlsFiles files) {
    /**
     * Files in PEM form.
     *
     * @param authorities whom we believe; null for those that Java believes
     * @param certificate our own, with {@code key} (PKCS 8); null if the broker asks for none
     */
    public record TlsFiles(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
        public static final TlsFiles NONE = new TlsFiles(null, null, null);

        public TlsFiles {
            if ((certificate == null) != (key == null)) {
                throw CareException.invalid("a client certificate and its key go together");
            }
        }
    }

    private static final Set<String> SCHEMES = Set.of("tcp", "ssl", "ws", "wss");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public Broker {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw CareException.invalid("a broker has at least one URL");
        }
        urls.forEach(Broker::check);
    }

    private static void check(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw CareException.invalid("\"" + url + "\" is not a URL");
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
            throw CareException.invalid("\"" + url + "\" is not tcp://, ssl://, ws:// or wss:// with a host");
        }
        if (uri.getUserInfo() != null) {
            throw CareException.invalid("user and password do not belong into the URL");
        }
    }

    static boolean isEncrypted(String url) {
        return url.startsWith("ssl:") || url.startsWith("wss:");
    }

    /** Whether what is said there can be overheard on a network. */
    boolean isExposed() {
        return urls.stream()
                .anyMatch(url ->
                        !isEncrypted(url) && !LOOPBACK.contains(URI.create(url).getHost()));
    }
}
