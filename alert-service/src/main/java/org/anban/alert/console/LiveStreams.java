package org.anban.alert.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentStore;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.SessionDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.Database;
import org.anban.kit.http.EventStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live streams of the consoles that are connected to this instance: the open set first, then every change of it in
 * order, rings, and beats. One lock orders what each stream is sent; nothing that is sent from memory takes it.
 */
public final class LiveStreams implements UnstoredAlarms, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    static final Duration BEAT = Duration.ofSeconds(5);
    /** How long what has ended is still looked at, so that the ending and what is attached later are told. */
    private static final Duration ENDED_LATELY = Duration.ofMinutes(1);

    private static final Duration SILENT = Duration.ofHours(1);

    private final Database database;
    private final InstantSource time;
    private final IncidentStore incidents;
    private final ConsoleStore consoles;
    private final Queue<String> closed = new ConcurrentLinkedQueue<>();
    private final OpenSet openSet = new OpenSet();
    private final Map<String, ConsoleStream> streams = new ConcurrentHashMap<>();
    private final Object order = new Object();
    private volatile @Nullable String problem;

    public LiveStreams(
            Database database,
            InstantSource time,
            IncidentStore incidents,
            ConsoleStore consoles,
            MeterRegistry meters) {
        this.database = database;
        this.time = time;
        this.incidents = incidents;
        this.consoles = consoles;
        Gauge.builder("anban.console.streams", streams, Map::size).register(meters);
    }

    /** Connects a console. Blocks on the database. */
    void open(Principal who, @Nullable String token, EventStream stream) {
        ConsoleStream console = new ConsoleStream(UUID.randomUUID().toString(), who, token, stream);
        Instant now = time.instant();
        database.inTransaction(tx -> {
            consoles.add(tx, console.id(), who, now);
            return null;
        });
        stream.onClose(() -> forget(console));
        synchronized (order) {
            send(openSet.changes(present()));
            console.hello(now, BEAT.toSeconds(), openSet.open());
            streams.put(console.id(), console);
        }
        String standing = problem;
        if (standing != null) {
            console.send("own-alarm", ownAlarm(standing, now));
        }
        if (!stream.isOpen()) {
            forget(console);
        }
    }

    private void forget(ConsoleStream console) {
        streams.remove(console.id());
        closed.add(console.id());
    }

    /** Tells every stream what has changed since the last time. */
    public void publish() {
        synchronized (order) {
            send(openSet.changes(present()));
        }
    }

    private List<Incident> present() {
        Instant since = time.instant().minus(ENDED_LATELY);
        return database.inTransaction(tx -> {
            List<Incident> present = new ArrayList<>(incidents.openAndChangedSince(tx, since));
            for (String id : openSet.missing(present)) {
                incidents.find(tx, id).ifPresent(present::add);
            }
            return present;
        });
    }

    /** A row whose area became known is gone for those who saw it only because nobody knew. */
    private void send(List<OpenSet.Change> changes) {
        for (OpenSet.Change change : changes) {
            String former = change.formerArea();
            for (ConsoleStream stream : streams.values()) {
                if (stream.sees(change.area())) {
                    stream.send("change", change.row());
                } else if (former != null && stream.sees(former)) {
                    stream.send("gone", new JsonObject().put("id", change.id()));
                }
            }
        }
    }

    /** Rings somebody's consoles here; false if none is connected. */
    boolean ring(String personId, JsonObject ring) {
        boolean rung = false;
        for (ConsoleStream stream : streams.values()) {
            if (stream.who().personId().equals(personId)) {
                rung |= stream.send("ring", ring);
            }
        }
        return rung;
    }

    /** Whose consoles are connected here. */
    Set<String> people() {
        return streams.values().stream().map(s -> s.who().personId()).collect(Collectors.toSet());
    }

    /** Tells every console that it is connected; needs no database. */
    public void beat() {
        Instant now = time.instant();
        streams.values().forEach(stream -> stream.beat(now));
    }

    /** Ends the streams of logins that are over; one whose login cannot be checked goes on. */
    public void checkLogins(SessionDirectory sessions) {
        for (ConsoleStream stream : streams.values()) {
            String token = stream.token();
            if (token != null && sessions.authenticate(token).isEmpty()) {
                stream.end();
            }
        }
    }

    /** Forgets streams that closed here, and those of instances that died. */
    public void tidy() {
        Instant silentSince = time.instant().minus(SILENT);
        database.inTransaction(tx -> {
            for (String id = closed.poll(); id != null; id = closed.poll()) {
                consoles.remove(tx, id);
            }
            consoles.removeSilent(tx, silentSince);
            return null;
        });
    }

    @Override
    public void received(DeviceId device, SubjectId subject, ReportKind kind, Instant receivedAt) {
        unlisted(device, "", subject, kind, receivedAt);
    }

    @Override
    public void unlisted(DeviceId device, String name, SubjectId subject, ReportKind kind, Instant receivedAt) {
        JsonObject alarm = new JsonObject()
                .put("device", device.value())
                .put("named", name)
                .put("subject", subject.toString())
                .put("kind", kind.name())
                .put("receivedAt", receivedAt.toString());
        streams.values().forEach(stream -> stream.send("not-stored", alarm));
    }

    /** Something of ours stands still, or, if null, everything works again: told when it changes. */
    public void ownAlarm(@Nullable String now) {
        String before = problem;
        problem = now;
        if ((now == null) != (before == null)) {
            JsonObject alarm = ownAlarm(now, time.instant());
            streams.values().forEach(stream -> stream.send("own-alarm", alarm));
        }
    }

    private static JsonObject ownAlarm(@Nullable String problem, Instant at) {
        return new JsonObject()
                .put("problem", problem == null ? "" : problem)
                .put("over", problem == null)
                .put("at", at.toString());
    }

    /** Ends every stream, and says so to the other instances if the database answers. */
    @Override
    public void close() {
        streams.values().forEach(ConsoleStream::end);
        try {
            tidy();
        } catch (RuntimeException e) {
            LOG.info("the database does not answer; closed streams are forgotten when they stay silent");
        }
    }
}
