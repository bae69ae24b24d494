package org.anban.simulator.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anban.simulator.SimulatorException;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device's connection, kept up for ever: what cannot be sent waits, in order, and goes out after the next connect.
 * An acknowledgement that did not come before the connection broke is asked for again by sending again. Thread-safe.
 */
public final class DeviceLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLink.class);
    private static final int MOST_WAITING = 2_000;
    private static final int IN_FLIGHT = 8;
    private static final Duration TAKEN_OVER_PAUSE = Duration.ofSeconds(15);
    private static final Duration KEEP_AWAY_PAUSE = Duration.ofSeconds(2);
    private static final Duration BUSY_PAUSE = Duration.ofMillis(200);

    private record Outgoing(String leaf, byte[] payload, CompletableFuture<Void> acknowledged) {}

    private final LinkSettings settings;
    private final ScheduledExecutorService executor;
    private final Backoff backoff;
    private final CompletableFuture<Void> firstConnect = new CompletableFuture<>();
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private final Set<Outgoing> inFlight = new LinkedHashSet<>();
    private @Nullable PahoConnection connection;
    private boolean up;
    private boolean closed;

    private DeviceLink(LinkSettings settings, ScheduledExecutorService executor) {
        this.settings = settings;
        this.executor = executor;
        this.backoff = new Backoff(new Random(settings.id().hashCode()));
    }

    /** Begins to connect, in the background. The executor may be shared by many links. */
    public static DeviceLink open(LinkSettings settings, ScheduledExecutorService executor) {
        DeviceLink link = new DeviceLink(settings, executor);
        link.later(Duration.ZERO, link::connect);
        return link;
    }

    /** Done at the first connect, or failed when the broker refuses this device. Attempts go on all the same. */
    public CompletableFuture<Void> firstConnect() {
        return firstConnect;
    }

    public synchronized boolean connected() {
        return up;
    }

    /** Messages that wait or whose acknowledgement is awaited. */
    public synchronized int backlog() {
        return waiting.size() + inFlight.size();
    }

    /**
     * Sends at QoS 1.
     *
     * @param leaf the last part of the topic: {@code telemetry}, {@code event} or {@code reply}
     * @return done when the broker acknowledged; failed when it refused the message, or the link was closed before
     */
    public CompletableFuture<Void> send(String leaf, byte[] payload) {
        Outgoing message = new Outgoing(leaf, payload, new CompletableFuture<>());
        synchronized (this) {
            if (closed) {
                message.acknowledged.completeExceptionally(new SimulatorException(settings.id() + " is closed"));
                return message.acknowledged;
            }
            waiting.addLast(message);
            forgetOldest();
        }
        drain();
        return message.acknowledged;
    }

    @Override
    public void close() {
        List<Outgoing> unsent;
        PahoConnection last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            up = false;
            last = connection;
            connection = null;
            unsent = new ArrayList<>(inFlight);
            unsent.addAll(waiting);
            inFlight.clear();
            waiting.clear();
        }
        if (last != null) {
            last.close();
        }
        unsent.forEach(message -> message.acknowledged.completeExceptionally(
                new SimulatorException(settings.id() + " was closed before the acknowledgement came")));
    }

    private void connect() {
        if (settings.keepAway().getAsBoolean()) {
            later(KEEP_AWAY_PAUSE, this::connect);
            return;
        }
        PahoConnection fresh;
        synchronized (this) {
            if (closed) {
                return;
            }
            try {
                fresh = new PahoConnection(settings, this::lost);
            } catch (MqttException | IllegalArgumentException e) {
                firstConnect.completeExceptionally(
                        new SimulatorException("cannot connect to " + settings.broker() + ": " + e.getMessage(), e));
                return;
            }
            connection = fresh;
        }
        fresh.connect(
                () -> connected(fresh), (reason, code) -> later(Duration.ZERO, () -> refused(fresh, reason, code)));
    }

    private void connected(PahoConnection fresh) {
        synchronized (this) {
            if (closed || connection != fresh) {
                return;
            }
            up = true;
            backoff.reset();
        }
        fresh.subscribe(settings.topic("command"));
        firstConnect.complete(null);
        LOG.debug("{} connected", settings.id());
        drain();
    }

    private void refused(PahoConnection fresh, String reason, int code) {
        synchronized (this) {
            if (connection != fresh) {
                return;
            }
            connection = null;
        }
        fresh.close();
        if (Reasons.refusesForGood(code)) {
            firstConnect.completeExceptionally(new SimulatorException(
                    settings.broker() + " refuses " + settings.id() + ": " + Reasons.text(code)));
        }
        Duration pause = backoff.next();
        LOG.debug("{} cannot connect ({}), next attempt in {}", settings.id(), reason, pause);
        later(pause, this::connect);
    }

    private void lost(PahoConnection old, int code) {
        synchronized (this) {
            if (closed || connection != old) {
                return;
            }
            up = false;
            connection = null;
            List<Outgoing> again = new ArrayList<>(inFlight);
            inFlight.clear();
            for (int i = again.size() - 1; i >= 0; i--) {
                waiting.addFirst(again.get(i));
            }
        }
        Duration pause = code == Reasons.SESSION_TAKEN_OVER ? TAKEN_OVER_PAUSE : backoff.next();
        LOG.debug("{} lost its connection ({}), next attempt in {}", settings.id(), Reasons.text(code), pause);
        later(Duration.ZERO, old::close);
        later(pause, this::connect);
    }

    private void drain() {
        while (true) {
            Outgoing next;
            PahoConnection to;
            synchronized (this) {
                to = connection;
                if (!up || to == null || inFlight.size() >= IN_FLIGHT || waiting.isEmpty()) {
                    return;
                }
                next = waiting.removeFirst();
                inFlight.add(next);
                if (!publish(to, next)) {
                    inFlight.remove(next);
                    waiting.addFirst(next);
                    later(BUSY_PAUSE, this::drain);
                    return;
                }
            }
        }
    }

    private boolean publish(PahoConnection to, Outgoing message) {
        try {
            to.publish(settings.topic(message.leaf), message.payload, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    answered(message, Reasons.first(token));
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    int code = Reasons.of(cause);
                    if (Reasons.ofServer(code)) {
                        answered(message, code);
                    }
                }
            });
            return true;
        } catch (MqttException e) {
            LOG.debug("{} cannot send now: {}", settings.id(), e.getMessage());
            return false;
        }
    }

    private void answered(Outgoing message, int code) {
        synchronized (this) {
            inFlight.remove(message);
            waiting.remove(message);
        }
        if (code < 0x80) {
            message.acknowledged.complete(null);
        } else {
            message.acknowledged.completeExceptionally(
                    new SimulatorException(settings.topic(message.leaf) + " was refused: " + Reasons.text(code)));
        }
        drain();
    }

    private void forgetOldest() {
        if (waiting.size() > MOST_WAITING) {
            waiting.stream()
                    .filter(message -> message.leaf.equals("telemetry"))
                    .findFirst()
                    .ifPresent(oldest -> {
                        waiting.remove(oldest);
                        oldest.acknowledged.completeExceptionally(
                                new SimulatorException(settings.id() + " has no room for what it could not send"));
                    });
        }
    }

    private void later(Duration pause, Runnable step) {
        try {
            executor.schedule(step, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} stops: its executor was shut down", settings.id());
        }
    }
}
