package org.anban.kit.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.openapi.contract.OpenAPIContract;
import java.net.BindException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.X509KeyManager;
import org.anban.contracts.access.SessionDirectory;
import org.anban.kit.config.StartException;
import org.anban.kit.http.Api;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a process: the APIs under {@code /api/v1} with their contracts enforced, the pages, health and
 * metrics. Operations run on worker threads; no event loop is ever blocked.
 */
public final class HttpEdge implements AutoCloseable {
    /**
     * What it is made of.
     *
     * @param host address to listen on
     * @param port TCP port; 0 for any free one
     */
    public record Parts(
            String host, int port, List<Api> apis, SessionDirectory sessions, Site site, Monitoring monitoring) {
        public Parts {
            apis = List.copyOf(apis);
        }
    }

    /**
     * A second port, with TLS: the same APIs and pages.
     *
     * @param keys asked at each handshake, so that certificates can be exchanged
     */
    public record Secure(String host, int port, X509KeyManager keys) {}

    private static final Logger log = LoggerFactory.getLogger(HttpEdge.class);
    private static final long BODY_LIMIT = 1 << 20;
    private static final int IDLE_SECONDS = 75;
    private static final long PATIENCE_SECONDS = 30;
    private static final long GRACE_SECONDS = 5;

    private final HttpServer server;
    private final @Nullable HttpServer secure;
    private final OpenStreams streams;
    private final Workers workers;

    private HttpEdge(HttpServer server, @Nullable HttpServer secure, OpenStreams streams, Workers workers) {
        this.server = server;
        this.secure = secure;
        this.streams = streams;
        this.workers = workers;
    }

    /**
     * Starts it and returns when it listens.
     *
     * @throws StartException if the port is taken
     * @throws IllegalStateException if a contract and its handlers do not match
     */
    public static HttpEdge start(Vertx vertx, Parts parts) {
        return start(vertx, parts, null);
    }

    /** The same with TLS on a second port. */
    public static HttpEdge start(Vertx vertx, Parts parts, @Nullable Secure secure) {
        Workers workers = new Workers(vertx);
        OpenStreams streams = new OpenStreams(vertx, workers);
        boolean started = false;
        try {
            Router router = router(vertx, parts, workers, streams);
            HttpServer plain = vertx.createHttpServer(options()).requestHandler(router);
            listen(plain, parts.host(), parts.port());
            HttpServer withTls = null;
            if (secure != null) {
                withTls = vertx.createHttpServer(withTls(secure)).requestHandler(router);
                listen(withTls, secure.host(), secure.port());
            }
            started = true;
            return new HttpEdge(plain, withTls, streams, workers);
        } finally {
            if (!started) {
                streams.close();
                workers.close();
            }
        }
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true);
    }

    private static HttpServerOptions withTls(Secure secure) {
        return options()
                .setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(secure.keys()))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setUseAlpn(false);
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** The port with TLS; 0 without one. */
    public int securePort() {
        return secure == null ? 0 : secure.actualPort();
    }

    /** Ends all event streams, lets requests under way finish for 5 s, and stops. */
    @Override
    public void close() {
        streams.close();
        if (secure != null) {
            stop(secure);
        }
        stop(server);
        workers.close();
    }

    private static void stop(HttpServer server) {
        try {
            server.shutdown(GRACE_SECONDS, TimeUnit.SECONDS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(GRACE_SECONDS * 2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("the HTTP server did not stop in order: {}", e.toString());
        }
    }

    private static Router router(Vertx vertx, Parts parts, Workers workers, OpenStreams streams) {
        Router router = Router.router(vertx);
        router.route().failureHandler(HttpEdge::failed);
        List<Integer> problems = List.of(404, 405, 400, 413, 414, 415);
        problems.forEach(
                status -> router.errorHandler(status, context -> Answers.write(context, Answers.status(status))));
        router.errorHandler(500, HttpEdge::failed);
        parts.site().secure(router);
        parts.monitoring().mount(router, workers);
        serveContracts(router, parts.apis());
        router.route("/api/*").handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        Set<String> taken = new HashSet<>();
        for (Api api : parts.apis()) {
            OpenAPIContract contract = await(
                    OpenAPIContract.from(vertx, ContractText.forRequests(Site.read(api.contract()))), api.contract());
            new ContractRoutes(vertx, api, contract, parts.sessions(), workers, streams).mount(router, taken);
        }
        parts.site().mount(router);
        return router;
    }

    private static void serveContracts(Router router, List<Api> apis) {
        Map<String, String> texts = new TreeMap<>();
        apis.forEach(api ->
                texts.put(api.contract().substring(api.contract().lastIndexOf('/') + 1), Site.read(api.contract())));
        router.get("/api/v1/openapi")
                .handler(context -> Answers.write(context, Reply.items(new JsonArray(List.copyOf(texts.keySet())))));
        router.get("/api/v1/openapi/:file").handler(context -> {
            String text = texts.get(context.pathParam("file"));
            Answers.write(
                    context,
                    text == null
                            ? Answers.status(404)
                            : new Reply(200, text, Map.of("Content-Type", "application/yaml; charset=utf-8")));
        });
    }

    private static void failed(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure == null) {
            Answers.write(context, Answers.status(context.statusCode()));
        } else {
            Answers.fail(context, "HTTP request", failure);
        }
    }

    private static void listen(HttpServer server, String host, int port) {
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            String reason = e.getCause() instanceof BindException ? "is taken" : "cannot be used: " + e.getCause();
            throw new StartException("HTTP port " + port + " on " + host + " " + reason, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting HTTP", e);
        } catch (TimeoutException e) {
            throw new StartException("HTTP did not start in " + PATIENCE_SECONDS + " s", e);
        }
    }

    private static <T> T await(Future<T> future, String what) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " is no valid OpenAPI contract: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while reading " + what, e);
        } catch (TimeoutException e) {
            throw new StartException(what + " could not be read in " + PATIENCE_SECONDS + " s", e);
        }
    }

    int openStreams() {
        return streams.size();
    }
}
