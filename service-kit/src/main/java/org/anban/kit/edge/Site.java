package org.anban.kit.edge;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages and their files, from the class path. The content security policy allows scripts of our own only; an import map
 * has to stand in the page itself, so each one found in {@code pages} at start is allowed by its hash.
 *
 * @param folders what is served where; the first that has the file wins
 * @param pages resources of the HTML pages, {@code web/index.html}
 */
public record Site(List<Folder> folders, List<String> pages) {
    /** Nothing but the API. */
    public static final Site NONE = new Site(List.of(), List.of());

    /**
     * One folder of the class path.
     *
     * @param mount {@code /}, or {@code /webjars}
     * @param resources {@code web}, or {@code META-INF/resources/webjars}
     */
    public record Folder(String mount, String resources) {}

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script\\s[^>]*type=\"importmap\"[^>]*>(.*?)</script>", Pattern.DOTALL);

    public Site {
        folders = List.copyOf(folders);
        pages = List.copyOf(pages);
    }

    /** Sets the headers that keep a browser safe on every answer. */
    void secure(Router router) {
        router.route().handler(policy(contentSecurityPolicy()));
    }

    void mount(Router router) {
        for (Folder folder : folders) {
            String path = folder.mount().equals("/") ? "/*" : folder.mount() + "/*";
            StaticHandler files = StaticHandler.create(FileSystemAccess.RELATIVE, folder.resources())
                    .setDirectoryListing(false)
                    .setIncludeHidden(false);
            router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(context -> {
                // a browser asks again each time, and hears "not modified": no page is older than its server
                context.addHeadersEndHandler(
                        sent -> context.response().headers().set(HttpHeaders.CACHE_CONTROL, "no-cache"));
                files.handle(context);
            });
        }
    }

    String contentSecurityPolicy() {
        StringBuilder scripts = new StringBuilder("'self'");
        for (String hash : importMapHashes()) {
            scripts.append(" 'sha256-").append(hash).append("'");
        }
        return "default-src 'self'; script-src " + scripts
                + "; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'"
                + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private Set<String> importMapHashes() {
        Set<String> hashes = new TreeSet<>();
        for (String page : pages) {
            Matcher found = IMPORT_MAP.matcher(read(page).replace("\r\n", "\n"));
            while (found.find()) {
                hashes.add(Base64.getEncoder().encodeToString(sha256(found.group(1))));
            }
        }
        return hashes;
    }

    private static Handler<RoutingContext> policy(String contentSecurityPolicy) {
        return context -> {
            context.response()
                    .headers()
                    .set("Content-Security-Policy", contentSecurityPolicy)
                    .set("X-Content-Type-Options", "nosniff")
                    .set("X-Frame-Options", "DENY")
                    .set("Referrer-Policy", "no-referrer")
                    .set("Cross-Origin-Opener-Policy", "same-origin");
            context.next();
        };
    }

    static String read(String resource) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = (loader == null ? Site.class.getClassLoader() : loader).getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
