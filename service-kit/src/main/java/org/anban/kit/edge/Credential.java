package org.anban.kit.edge;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.SessionDirectory;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * What the caller shows: a bearer token, or a browser's cookie. A cookie is sent by the browser whatever page asks for
 * it, so a write that stands on one must come from a page of ours ({@code Origin} equals {@code Host}).
 */
record Credential(@Nullable String token, boolean forged) {
    static final String COOKIE = "anban_session";
    private static final String BEARER = "bearer ";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    static Credential of(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Credential(authorization.substring(BEARER.length()).trim(), false);
        }
        Cookie cookie = request.getCookie(COOKIE);
        if (cookie == null) {
            return new Credential(null, false);
        }
        return new Credential(cookie.getValue(), !READS.contains(request.method()) && !fromOurPage(request));
    }

    /** Asks whose it is. Blocks. */
    Principal authenticate(SessionDirectory sessions) {
        if (forged) {
            throw CareException.forbidden("this write comes from a page of another site");
        }
        if (token == null || token.isEmpty()) {
            throw CareException.of(CareException.Kind.UNAUTHENTICATED, "log in first");
        }
        return sessions.authenticate(token)
                .orElseThrow(() -> CareException.of(
                        CareException.Kind.UNAUTHENTICATED, "the login is unknown or has ended; log in again"));
    }

    private static boolean fromOurPage(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        if (origin == null || host == null) {
            return false;
        }
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
