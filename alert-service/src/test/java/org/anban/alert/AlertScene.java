package org.anban.alert;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.anban.alert.call.PhoneCall;
import org.anban.alert.call.PhoneCall.Outcome;
import org.anban.alert.call.PhoneCall.Party;
import org.anban.alert.casework.CallDesk;
import org.anban.alert.casework.CaseDesk;
import org.anban.alert.casework.DispatchDesk;
import org.anban.alert.casework.Request;
import org.anban.alert.console.ConsoleStore;
import org.anban.alert.console.LiveStreams;
import org.anban.alert.console.TestConsole;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.intake.IncidentDesk;
import org.anban.alert.notice.Notice;
import org.anban.alert.scene.Neighbourhood;
import org.anban.alert.scene.Quiet;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.alert.story.StoryEntry;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.access.Principal;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.Database;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** An alert service on a database of its own, with a clock that the test moves and neighbours in memory. */
public final class AlertScene implements AutoCloseable {
    public static final Instant MORNING = Instant.parse("2026-01-05T00:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final SettableTime time = new SettableTime(MORNING);
    private final Neighbourhood neighbourhood = new Neighbourhood();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AlertService service;
    private final CaseDesk cases;
    private final CallDesk calls;
    private final DispatchDesk dispatches;

    /** Nothing happens in the background; {@link #runDue} does what is due. */
    public static AlertScene inForeground() {
        return new AlertScene(AlertConfig::inForeground);
    }

    public AlertScene(UnaryOperator<AlertConfig> config) {
        service = start(config.apply(AlertConfig.DEFAULT));
        cases = new CaseDesk(service.desks().cases());
        calls = new CallDesk(cases, service.desks().cases(), service.desks().register());
        dispatches =
                new DispatchDesk(cases, service.desks().cases(), service.desks().register(), false);
    }

    private AlertService start(AlertConfig config) {
        return AlertService.start(new AlertService.Parts(
                database.database(),
                Quiet.log(),
                time,
                new AlertService.Neighbours(neighbourhood, neighbourhood, neighbourhood, neighbourhood),
                neighbourhood,
                meters,
                config));
    }

    /** One more instance on the same database. */
    public AlertService another(UnaryOperator<AlertConfig> config) {
        return start(config.apply(AlertConfig.DEFAULT));
    }

    public AlertService service() {
        return service;
    }

    public Database database() {
        return database.database();
    }

    public Neighbourhood neighbourhood() {
        return neighbourhood;
    }

    public SettableTime time() {
        return time;
    }

    public Instant now() {
        return time.instant();
    }

    public LiveStreams streams() {
        return service.desks().streams();
    }

    public LiveStreams streamsOf(AlertService other) {
        return other.desks().streams();
    }

    public IncidentDesk desk() {
        return service.desks().incidents();
    }

    public CaseDesk cases() {
        return cases;
    }

    public CallDesk calls() {
        return calls;
    }

    public DispatchDesk dispatches() {
        return dispatches;
    }

    public <T> T read(HandleCallback<T, RuntimeException> query) {
        return database.database().inTransaction(query);
    }

    // what devices and rules say

    public AlertSignal signal(Action action, SubjectId subject, IncidentKind kind, Priority priority) {
        return signal(action, subject, kind, priority, EventTime.received(now()));
    }

    public AlertSignal signal(Action action, SubjectId subject, IncidentKind kind, Priority priority, EventTime at) {
        return new AlertSignal(
                UUID.randomUUID().toString(),
                action,
                subject,
                kind,
                priority,
                at,
                "device-1",
                kind + " reported",
                action == Action.SUSPECT ? at.at().plusSeconds(60) : null,
                "");
    }

    public void say(AlertSignal... signals) {
        database.database().inTransaction((Handle tx) -> {
            desk().apply(tx, List.of(signals), now());
            return null;
        });
        desk().committed();
    }

    public Incident sos(SubjectId subject) {
        say(signal(Action.RAISE, subject, IncidentKind.SOS, Priority.P0));
        return only(subject, IncidentKind.SOS);
    }

    /** An SOS that happened a while ago and arrives only now. */
    public void lateSos(SubjectId subject, Duration ago) {
        Instant at = now().minus(ago);
        say(signal(Action.RAISE, subject, IncidentKind.SOS, Priority.P0, new EventTime(at, now(), at)));
    }

    public Incident fallSuspected(SubjectId subject) {
        say(signal(Action.SUSPECT, subject, IncidentKind.FALL, Priority.P3));
        return only(subject, IncidentKind.FALL);
    }

    // what became of it

    public List<Incident> all() {
        return read(tx -> service.desks()
                .cases()
                .records()
                .incidents()
                .inStates(tx, List.of(IncidentState.values()), List.of(""), 1000));
    }

    public List<Incident> open() {
        return all().stream().filter(i -> !i.state().isEnded()).toList();
    }

    public Incident only(SubjectId subject, IncidentKind kind) {
        List<Incident> found = open().stream()
                .filter(i -> i.subject().equals(subject) && i.kind() == kind)
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one open " + kind + " of " + subject + ", found " + found);
        }
        return found.get(0);
    }

    public Incident again(Incident incident) {
        return read(tx -> service.desks().cases().records().incidents().find(tx, incident.id()))
                .orElseThrow();
    }

    public List<StoryEntry> story(Incident incident) {
        return read(tx -> service.desks().cases().records().story().of(tx, incident.id()));
    }

    public List<StoryKind> kinds(Incident incident) {
        return story(incident).stream().map(StoryEntry::kind).toList();
    }

    /** The steps that were taken, each with what came of it: {@code supervisor skipped}. */
    public List<String> steps(Incident incident) {
        return story(incident).stream()
                .filter(e -> e.kind() == StoryKind.STEP)
                .map(e -> e.data().getString("step") + " " + e.data().getString("state"))
                .toList();
    }

    public List<Notice> notices(Incident incident) {
        return read(tx -> service.desks().cases().records().notices().of(tx, incident.id()));
    }

    // time and people

    public void advance(long seconds) throws InterruptedException {
        time.advance(Duration.ofSeconds(seconds));
        runDue();
    }

    public void runDue() throws InterruptedException {
        service.runDue();
    }

    /** Connects a console, on duty and confirmed. */
    public TestConsole console(Principal who) {
        TestConsole console = TestConsole.connect(streams(), who);
        TestConsole.onDuty(database.database(), time, who, true);
        console.confirm(database.database(), time, who);
        return console;
    }

    public Request request(Principal who, Incident incident) {
        return new Request(
                who, incident.id(), again(incident).version(), UUID.randomUUID().toString());
    }

    public Incident take(Principal who, Incident incident) {
        Map<String, Integer> others = open().stream()
                .filter(one -> one.caseId().equals(incident.caseId()))
                .collect(Collectors.toMap(Incident::id, Incident::version));
        cases.take(request(who, incident), others);
        return again(incident);
    }

    public JsonObject call(Principal who, Incident incident, Party to, Outcome outcome) {
        return calls.call(
                request(who, incident),
                new PhoneCall(
                        to,
                        to == Party.CONTACT ? "c-1" : null,
                        "13900000001",
                        outcome,
                        "",
                        new PhoneCall.By(who.personId(), who.displayName(), now())));
    }

    /** Takes it, speaks with the resident, and closes it. */
    public Incident handle(Principal who, Incident incident) {
        take(who, incident);
        call(who, incident, Party.RESIDENT, Outcome.SPOKE);
        cases.close(request(who, incident), "ASSISTANCE_GIVEN", "", "");
        return again(incident);
    }

    public ConsoleStore consoles() {
        return service.desks().consoles();
    }

    @Override
    public void close() {
        service.close();
        database.close();
    }
}
