package org.anban.gateway.bridge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.anban.kit.loop.Loop;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session at the broker, under a client id that stays: connected while this process appends to the log, connected
 * again when it was lost, subscribed anew each time.
 */
final class Link implements AutoCloseable {
    /** What all links of a bridge have in common. */
    record Setup(BridgeConfig config, Options options, Leading leading, Conversation.Taker taker) {}

    /**
     * What this process may do.
     *
     * @param mayStay whether a connection that it has may stay
     * @param mayConnect whether it may make a new one, which throws out another process's
     */
    record Leading(BooleanSupplier mayStay, BooleanSupplier mayConnect) {}

    /** Makes the options of a connection to one URL. */
    @FunctionalInterface
    interface Options {
        MqttConnectionOptions to(String url);
    }

    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final long STEADY_NANOS = Duration.ofSeconds(30).toNanos();

    private final Setup setup;
    private final String clientId;
    private final List<String> filters;
    private final Counter connections;
    private final Counter sessionsLost;
    private final Backoff backoff = new Backoff();
    private final Loop loop;
    private volatile @Nullable Conversation conversation;
    private volatile String trouble = "not connected yet";
    private long connectedNanos;
    private int attempts;
    private boolean hadSession;

    Link(Setup setup, String name, List<String> filters, MeterRegistry metrics) {
        this.setup = setup;
        this.clientId = setup.config().group() + "-" + name;
        this.filters = filters.stream().map(this::shared).toList();
        this.connections = metrics.counter("anban.bridge.connections", "link", name);
        this.sessionsLost = metrics.counter("anban.bridge.sessions.lost", "link", name);
        Gauge.builder("anban.bridge.connected", this, link -> link.isConnected() ? 1 : 0)
                .tag("link", name)
                .register(metrics);
        Gauge.builder("anban.bridge.waiting", this, Link::waiting)
                .description("messages that the broker waits to hear of")
                .tag("link", name)
                .register(metrics);
        this.loop = Loop.start("gateway bridge " + name, metrics, this::turn);
    }

    private String shared(String filter) {
        return setup.config().shared() ? "$share/" + setup.config().group() + "/" + filter : filter;
    }

    private Duration turn() {
        Conversation now = conversation;
        if (now != null && now.isOver()) {
            return lost(now);
        }
        if (!setup.leading().mayStay().getAsBoolean()) {
            if (now != null) {
                log.info("{} leaves the broker: another process writes the log", clientId);
                part(now);
            }
            trouble = "";
            return LOOK;
        }
        if (now == null) {
            return setup.leading().mayConnect().getAsBoolean() ? connect() : LOOK;
        }
        return now.bringAgain() ? SOON : LOOK;
    }

    private Duration lost(Conversation last) {
        trouble = last.why();
        log.warn("{} has lost the broker: {}", clientId, last.why());
        part(last);
        if (System.nanoTime() - connectedNanos > STEADY_NANOS) {
            backoff.reset();
        }
        return backoff.next();
    }

    private void part(Conversation last) {
        conversation = null;
        last.close();
    }

    private Duration connect() {
        List<String> urls = setup.config().broker().urls();
        String url = urls.get(attempts++ % urls.size());
        Conversation next = null;
        try {
            next = new Conversation(url, clientId, setup.taker(), this::wake);
            boolean present = next.connect(setup.options().to(url));
            next.subscribe(filters);
            connected(next, url, present);
            return Duration.ZERO;
        } catch (MqttException e) {
            String why = url + ": " + Reasons.of(e);
            if (!why.equals(trouble)) {
                log.warn("{} cannot use the broker at {}", clientId, why);
            }
            trouble = why;
            if (next != null) {
                next.close();
            }
            return backoff.next();
        }
    }

    private void connected(Conversation next, String url, boolean present) {
        connectedNanos = System.nanoTime();
        connections.increment();
        if (!present && hadSession) {
            sessionsLost.increment();
            log.warn("{} was forgotten by the broker: what came meanwhile was not kept for us", clientId);
        }
        hadSession = true;
        trouble = "";
        conversation = next; // last: whoever sees the connection sees what is known of it
        log.info("{} hears {} at {}, session {}", clientId, filters, url, present ? "kept" : "new");
    }

    /** A conversation that stands is over. One that never stood, or that we ended, must not cut a pause short. */
    private void wake() {
        if (conversation != null) {
            loop.wake();
        }
    }

    boolean isConnected() {
        Conversation now = conversation;
        return now != null && !now.isOver();
    }

    /** The living conversation, if there is one. */
    @Nullable
    Conversation conversation() {
        Conversation now = conversation;
        return now == null || now.isOver() ? null : now;
    }

    double sessionsLost() {
        return sessionsLost.count();
    }

    String trouble() {
        return trouble;
    }

    int waiting() {
        Conversation now = conversation;
        return now == null ? 0 : now.waiting();
    }

    /** A broker that cannot be heard is no problem of this process: nothing would be better if it were taken away. */
    Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    @Override
    public void close() {
        loop.close();
        Conversation last = conversation;
        if (last != null) {
            part(last);
        }
    }
}
