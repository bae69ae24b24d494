package org.anban.kit.edge;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** All event streams of the server: keeps quiet ones alive, and ends them when the server stops. */
final class OpenStreams implements AutoCloseable {
    private static final long BEAT_MILLIS = TimeUnit.SECONDS.toMillis(15);

    private final Vertx vertx;
    private final Workers workers;
    private final Set<ClientStream> open = ConcurrentHashMap.newKeySet();
    private final long timer;

    OpenStreams(Vertx vertx, Workers workers) {
        this.vertx = vertx;
        this.workers = workers;
        this.timer = vertx.setPeriodic(BEAT_MILLIS, now -> open.forEach(ClientStream::beat));
    }

    ClientStream open(RoutingContext context) {
        ClientStream stream = new ClientStream(vertx.getOrCreateContext(), context.response(), workers);
        open.add(stream);
        stream.onClose(() -> open.remove(stream));
        return stream;
    }

    int size() {
        return open.size();
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        open.forEach(ClientStream::close);
    }
}
