package org.anban.gateway.session;

import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.credential.KeyHash;
import org.anban.gateway.presence.Presence;
import org.anban.gateway.presence.Presences;
import org.anban.gateway.source.Quota;
import org.anban.gateway.source.Source;
import org.anban.kit.database.Database;
import org.anban.kit.loop.Loop;
import org.jspecify.annotations.Nullable;

/**
 * All sessions: in memory while a device is connected (and after, as far as there is room), each with one durable row.
 * What a device was told is written before it is told; presence is written each few seconds.
 */
public final class Sessions implements AutoCloseable {
    /**
     * A session that a device may use.
     *
     * @param present whether it goes on with one that there was
     * @param epoch what of the session the connection belongs to, see {@link Session#receive}
     * @param key with which the device proved itself; null if it has a certificate, or only claims
     * @param claiming whether the device was let in only to be given a key of its own
     */
    public record Opened(Session session, boolean present, int epoch, @Nullable KeyHash key, boolean claiming) {
        public Opened to(@Nullable KeyHash proof, boolean claims) {
            return new Opened(session, present, epoch, proof, claims);
        }
    }

    private record Saving(Session session, int grantedQos, Runnable then) {}

    private static final Duration WRITE_EVERY = Duration.ofSeconds(3);
    private static final int MOST_IN_MEMORY = 200_000;

    private final SessionStore store;
    private final InstantSource time;
    private final Quota.Limit quota;
    private final Presences presences;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Queue<Saving> savings = new ConcurrentLinkedQueue<>();
    private final Loop loop;

    private Sessions(
            Database database, InstantSource time, Quota.Limit quota, Presences presences, MeterRegistry metrics) {
        this.store = new SessionStore(database);
        this.time = time;
        this.quota = quota;
        this.presences = presences;
        metrics.gauge("anban.gateway.connected", this, s -> s.connected().size());
        this.loop = Loop.start("gateway sessions", metrics, this::write);
    }

    public static Sessions open(
            Database database, InstantSource time, Quota.Limit quota, Presences presences, MeterRegistry metrics) {
        return new Sessions(database, time, quota, presences, metrics);
    }

    /** Opens sessions for many devices, durably. Blocks. */
    public Map<String, Opened> open(Collection<Opening> openings) {
        Instant now = time.instant();
        Map<String, SessionRow> stored =
                store.load(openings.stream().map(o -> o.profile().id().value()).toList());
        Map<String, SessionRow> rows = new HashMap<>();
        Map<String, Opening> last = new HashMap<>();
        for (Opening opening : openings) {
            String device = opening.profile().id().value();
            boolean present = isPresent(opening, stored.get(device), now);
            int granted = present ? stored.get(device).grantedQos() : Session.NOT_SUBSCRIBED;
            rows.put(device, new SessionRow(device, opening.expirySeconds(), granted, true, now, now));
            last.put(device, opening);
        }
        Map<String, Presence> recalled = presences.recall(rows.keySet().stream()
                .filter(device -> !sessions.containsKey(device))
                .toList());
        store.save(List.copyOf(rows.values()), true);
        Map<String, Opened> opened = new HashMap<>();
        last.forEach((device, opening) -> {
            boolean present = isPresent(opening, stored.get(device), now);
            Session session = inMemory(opening, recalled.get(device), present, now);
            session.granted(rows.get(device).grantedQos());
            opened.put(device, new Opened(session, present, session.epoch(), null, false));
        });
        return opened;
    }

    private static boolean isPresent(Opening opening, @Nullable SessionRow row, Instant now) {
        return !opening.clean() && row != null && row.isPresent(now);
    }

    private Session inMemory(Opening opening, @Nullable Presence recalled, boolean present, Instant now) {
        String device = opening.profile().id().value();
        Session known = sessions.get(device);
        if (known == null) {
            Quota.Limit own = quota.of(opening.profile().line().sender());
            Presence presence = recalled == null ? new Presence(device) : recalled;
            Source source = new Source(opening.profile(), new Quota(own, System.nanoTime()), presence);
            known = new Session(source, presences, opening, now);
            sessions.put(device, known);
        } else {
            known.reopen(opening.profile(), opening, present, now);
        }
        list(known, opening.children());
        return known;
    }

    /** For whom a relay or an account may speak now. */
    public void list(Session session, Map<String, DeviceProfile> children) {
        session.source().list(children, quota, System.nanoTime());
    }

    /**
     * Writes the subscription, then runs {@code then} on a thread of ours; it waits until it can be written.
     *
     * @param qos what was granted, or {@link Session#NOT_SUBSCRIBED}
     */
    public void subscribe(Session session, int qos, Runnable then) {
        savings.add(new Saving(session, qos, then));
        loop.wake();
    }

    public List<Session> connected() {
        return sessions.values().stream().filter(Session::isConnected).toList();
    }

    private Duration write() {
        List<Saving> asked = new ArrayList<>();
        for (Saving one = savings.poll(); one != null; one = savings.poll()) {
            asked.add(one);
        }
        Map<String, SessionRow> rows = new HashMap<>();
        for (Saving one : asked) {
            one.session().granted(one.grantedQos());
            rows.put(one.session().device(), row(one.session()));
        }
        boolean saved = false;
        try {
            store.save(List.copyOf(rows.values()), true);
            saved = true;
        } finally {
            if (!saved) {
                savings.addAll(asked);
            }
        }
        asked.forEach(one -> one.then().run());
        if (asked.isEmpty()) {
            writePresence();
        }
        return savings.isEmpty() ? WRITE_EVERY : Duration.ZERO;
    }

    private void writePresence() {
        List<Session> taken = new ArrayList<>();
        for (Session session : sessions.values()) {
            if (session.takeUnwritten()) {
                taken.add(session);
            } else if (!session.isConnected() && sessions.size() > MOST_IN_MEMORY) {
                sessions.remove(session.device(), session);
            }
        }
        boolean saved = false;
        try {
            store.save(taken.stream().map(Sessions::row).toList(), false);
            saved = true;
        } finally {
            if (!saved) {
                taken.forEach(Session::putBack);
            }
        }
    }

    private static SessionRow row(Session session) {
        return new SessionRow(
                session.device(),
                session.expirySeconds(),
                session.grantedQos(),
                session.isConnected(),
                session.changedAt(),
                session.lastHeard());
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    @Override
    public void close() {
        loop.close();
        write();
    }
}
