package org.anban.kit.edge;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.kit.http.EventStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events to one client. What was handed over and has not left for the client is bounded in bytes and in time; a
 * client that is too slow is cut off, and catches up when it connects again.
 *
 * <p>Nothing is written before {@link #begin}, so that an operation can still answer a problem. All state is guarded by
 * this; writing happens on the connection's event loop.
 */
final class ClientStream implements EventStream {
    private static final Logger log = LoggerFactory.getLogger(ClientStream.class);
    private static final Buffer BEAT = Buffer.buffer(":\n\n");
    private static final long MOST_WAITING_BYTES = 4L << 20;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Context context;
    private final HttpServerResponse response;
    private final Workers workers;
    private final Deque<Buffer> before = new ArrayDeque<>();
    private final List<Runnable> closeActions = new ArrayList<>();
    private long waitingBytes;
    private long lastProgressNanos = System.nanoTime();
    private boolean begun;
    private boolean closed;

    ClientStream(Context context, HttpServerResponse response, Workers workers) {
        this.context = context;
        this.response = response;
        this.workers = workers;
        response.closeHandler(gone -> close());
        response.exceptionHandler(failure -> close());
    }

    @Override
    public boolean send(String event, JsonObject data) {
        if (event.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an event's name has one line");
        }
        String text = "event: " + event + "\ndata: " + data.encode() + "\n\n";
        return send(Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A comment that clients ignore: it keeps proxies from closing a quiet stream, and shows us a client that is gone. */
    void beat() {
        if (isBegun()) {
            send(BEAT);
        }
    }

    private boolean send(Buffer bytes) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            if (waitingBytes == 0) {
                lastProgressNanos = System.nanoTime();
            }
            boolean stuck = System.nanoTime() - lastProgressNanos > LONGEST_WAIT_NANOS;
            if (!stuck && waitingBytes + bytes.length() <= MOST_WAITING_BYTES) {
                waitingBytes += bytes.length();
                if (begun) {
                    context.runOnContext(now -> write(bytes));
                } else {
                    before.add(bytes);
                }
                return true;
            }
        }
        log.info("a client does not read its event stream; cutting it off");
        finish(response::reset); // an end in order would wait behind what the client does not read
        return false;
    }

    /** Sends the head and whatever was handed over meanwhile. */
    void begin() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
            context.runOnContext(now -> writeHead());
            before.forEach(bytes -> context.runOnContext(now -> write(bytes)));
            before.clear();
            if (closed) {
                context.runOnContext(now -> endConnection());
            }
        }
    }

    private void writeHead() {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .write(Buffer.buffer("retry: 1000\n\n"));
    }

    private void write(Buffer bytes) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.write(bytes).onComplete(sent -> written(bytes.length()), failed -> close());
    }

    private synchronized void written(int bytes) {
        waitingBytes -= bytes;
        lastProgressNanos = System.nanoTime();
    }

    private synchronized boolean isBegun() {
        return begun;
    }

    /** Runs the action on a worker thread when the stream ends; at once if it has ended. */
    @Override
    public void onClose(Runnable action) {
        synchronized (this) {
            if (!closed) {
                closeActions.add(action);
                return;
            }
        }
        workers.mustRun(action);
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        finish(this::endConnection);
    }

    private void finish(Runnable ending) {
        List<Runnable> actions;
        boolean end;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            end = begun; // else begin() ends it, after what was said before
            actions = List.copyOf(closeActions);
        }
        if (end) {
            context.runOnContext(now -> ending.run());
        }
        actions.forEach(workers::mustRun);
    }

    private void endConnection() {
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }
}
