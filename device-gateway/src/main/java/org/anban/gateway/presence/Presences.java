package org.anban.gateway.presence;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.kit.database.Database;
import org.anban.kit.loop.Loop;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * Learns of every device what can be heard, and writes it down: at once (within seconds) what somebody may wait for, else
 * each device each half minute. It keeps no list of devices of its own: who has news stands in a queue, once.
 */
public final class Presences implements AutoCloseable {
    private static final Duration WRITE_EVERY = Duration.ofSeconds(3);
    private static final long ORDINARY_NANOS = TimeUnit.SECONDS.toNanos(24);
    private static final int MOST_AT_ONCE = 2_000;

    /** What it stands on. */
    public record Parts(Database database, EventLog log, InstantSource time, PresenceRules rules) {}

    private final PresenceStore store;
    private final EventLog log;
    private final InstantSource time;
    private final PresenceRules rules;
    private final Queue<Presence> news = new ConcurrentLinkedQueue<>();
    private final List<Presence> later = new ArrayList<>();
    private final Loop loop;
    private boolean hasDevices;

    private Presences(Parts parts, MeterRegistry metrics) {
        this.store = new PresenceStore(parts.database());
        this.log = parts.log();
        this.time = parts.time();
        this.rules = parts.rules();
        this.loop = Loop.start("gateway presence", metrics, () -> {
            write(System.nanoTime(), ORDINARY_NANOS);
            return WRITE_EVERY;
        });
    }

    public static Presences open(Parts parts, MeterRegistry metrics) {
        return new Presences(parts, metrics);
    }

    /** The device sent this; of one thread at a time for one device. */
    public void took(Presence presence, DeviceEvent event, Instant receivedAt) {
        presence.took(event);
        if (!(event instanceof DeviceReport report) || report.kind().isSignOfLife()) {
            heard(presence, receivedAt);
        }
    }

    /** The device gave a sign of life. */
    public void heard(Presence presence, Instant at) {
        if (presence.heard(at.toEpochMilli())) {
            news.add(presence);
        }
    }

    /** Somebody who may speaks for it. */
    public void heardThrough(Presence presence, String relay) {
        if (presence.heardThrough(relay)) {
            queue(presence);
        }
    }

    /** It sent an alarm that nobody will send again if it is lost. */
    public void mayBeLost(Presence presence, Instant at) {
        presence.mayBeLost(at);
        queue(presence);
    }

    /** It has a connection. */
    public void connected(Presence presence, Instant at) {
        presence.connected(at);
        heard(presence, at);
    }

    /**
     * It has none any more.
     *
     * @param since when the connection began
     * @param farewell it said good-bye
     */
    public void disconnected(Presence presence, Instant since, Instant at, boolean farewell) {
        boolean shortly = !farewell && since.plus(rules.shortConnection()).isAfter(at);
        presence.disconnected(at, shortly, rules);
        queue(presence);
    }

    /** Another connection has taken its place; addresses are the peers'. */
    public void takenOver(Presence presence, Instant at, String loser, String winner) {
        presence.takenOver(at, loser, winner, rules);
    }

    /**
     * The connection that lost its place was alive: it had just been heard from another address, or it answered when it
     * was sent away.
     *
     * @param elsewhere only if the winner has another address
     * @return whether this is the first sign that two devices have one id
     */
    public boolean loserAlive(Presence presence, String loser, boolean elsewhere) {
        boolean isNew = presence.loserAlive(loser, elsewhere, rules);
        queue(presence);
        return isNew;
    }

    private void queue(Presence presence) {
        if (presence.queue()) {
            news.add(presence);
        }
    }

    /** What earlier processes knew of these devices. Blocks. */
    public Map<String, Presence> recall(Collection<String> devices) {
        Map<String, Presence> recalled = new HashMap<>();
        if (!devices.isEmpty()) {
            for (PresenceRow row : store.load(devices)) {
                Presence presence = new Presence(row.device());
                presence.restore(row);
                recalled.put(row.device(), presence);
            }
        }
        return recalled;
    }

    /** Everything that is known now, the devices heard last first. Blocks. */
    List<PresenceRow> all(int limit) {
        write(System.nanoTime(), 0);
        return store.all(limit);
    }

    Instant instant() {
        return time.instant();
    }

    PresenceRules rules() {
        return rules;
    }

    /** The process that had the devices before may have been killed: nobody is connected who is not connected here. */
    private void takeOverDevices() {
        EventLog.Status status = log.status(Lane.ALARM);
        if (status == EventLog.Status.APPENDING && !hasDevices) {
            store.disconnectAll();
            hasDevices = true;
        } else if (status == EventLog.Status.STANDBY || status == EventLog.Status.CLOSED) {
            hasDevices = false;
        }
    }

    private synchronized void write(long now, long ordinaryNanos) {
        takeOverDevices();
        List<Presence> waiting = new ArrayList<>(later);
        later.clear();
        for (Presence next = news.poll(); next != null; next = news.poll()) {
            waiting.add(next);
        }
        List<Presence> due = new ArrayList<>();
        for (Presence each : waiting) {
            (each.isDue(now, ordinaryNanos) ? due : later).add(each);
        }
        int done = 0;
        try {
            while (done < due.size()) {
                List<Presence> some = due.subList(done, Math.min(done + MOST_AT_ONCE, due.size()));
                done += some.size();
                save(some, now);
            }
        } finally {
            later.addAll(due.subList(done, due.size()));
        }
    }

    /**
     * Two presences of one device (it is its own, and a relay's) are merged one after the other. Who cannot be written
     * waits again.
     */
    private void save(List<Presence> some, long now) {
        Map<Presence, JsonObject> taken = new HashMap<>();
        Map<String, Presence> first = new HashMap<>();
        List<Presence> second = new ArrayList<>();
        boolean saved = false;
        try {
            for (Presence each : some) {
                if (first.putIfAbsent(each.device(), each) == null) {
                    taken.put(each, each.take(now));
                } else {
                    second.add(each);
                }
            }
            store.save(new JsonArray(List.copyOf(taken.values())));
            saved = true;
        } finally {
            if (!saved) {
                some.forEach(each -> putBack(each, taken.remove(each)));
            }
        }
        if (!second.isEmpty()) {
            save(second, now);
        }
    }

    private void putBack(Presence presence, @Nullable JsonObject row) {
        if (row == null) {
            later.add(presence);
        } else {
            presence.putBack(row);
            queue(presence);
        }
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    @Override
    public void close() {
        loop.close();
        write(System.nanoTime(), 0);
    }
}
