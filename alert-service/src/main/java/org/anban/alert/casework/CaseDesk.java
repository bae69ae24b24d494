package org.anban.alert.casework;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anban.alert.casework.CommandDesk.Needs;
import org.anban.alert.incident.Clocks;
import org.anban.alert.incident.Holder;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.incident.IncidentStore;
import org.anban.alert.incident.Standing;
import org.anban.alert.story.Story;
import org.anban.alert.story.StoryEntry;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.error.CareException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What staff do with a case. Every method answers the incident's row as it then is; the same command id again answers
 * the same. An act that does not fit throws {@link ChangedSince}.
 */
public final class CaseDesk {
    private final CommandDesk commands;
    private final CaseParts parts;
    private final Clocks clocks;
    private final IncidentStore incidents;
    private final Story story;

    public CaseDesk(CaseParts parts) {
        this.commands =
                new CommandDesk(parts.database(), parts.time(), parts.records().incidents(), parts.bell());
        this.parts = parts;
        this.clocks = parts.clocks();
        this.incidents = parts.records().incidents();
        this.story = parts.records().story();
    }

    CommandDesk commands() {
        return commands;
    }

    /** Somebody has looked. Holds no ladder; only who has taken it hears a ring end by it. */
    public JsonObject seen(Request request) {
        return commands.perform(request, "seen", Needs.SEEN, (tx, incident, now) -> {
            requireOpen(incident);
            story.add(
                    tx,
                    StoryEntry.byPerson(incident.id(), now, StoryKind.SEEN, request.who(), "seen", new JsonObject()));
            Standing.Marks marks = incident.standing().marks();
            Standing looked = incident.standing().with(marks.withLooked());
            boolean quiet = marks.ringing() && answersRing(incident, request);
            Standing next =
                    quiet ? looked.with(looked.marks().withRinging(false)).changed() : looked;
            return incidents.save(tx, incident.with(next), now);
        });
    }

    /**
     * The caller takes the whole case; its ladders are held.
     *
     * @param alsoSeen the other incidents of the case that the caller has seen, each with its version. An alarm of the
     *     case that is not among them stops it, and is shown
     */
    public JsonObject take(Request request, Map<String, Integer> alsoSeen) {
        return commands.perform(request, "take", Needs.CURRENT, (tx, incident, now) -> {
            requireOpen(incident);
            List<Incident> whole = incidents.openOfCase(tx, incident.caseId());
            requireSeen(whole, request, alsoSeen);
            Incident answer = incident;
            for (Incident one : whole) {
                Incident taken = takeOne(tx, one, request, now);
                answer = taken.id().equals(incident.id()) ? taken : answer;
            }
            return answer;
        });
    }

    private static void requireSeen(List<Incident> whole, Request request, Map<String, Integer> alsoSeen) {
        for (Incident one : whole) {
            boolean named = one.id().equals(request.incidentId()) || isAt(one, alsoSeen.get(one.id()));
            boolean known = one.isHeldBy(request.who().personId()) && !one.rings();
            if (one.priority().isCritical() && !named && !known) {
                throw new ChangedSince("the case has another alarm that you have not seen: " + one.kind(), one);
            }
        }
    }

    private static boolean isAt(Incident incident, @Nullable Integer version) {
        return version != null && version == incident.version();
    }

    private Incident takeOne(Handle tx, Incident incident, Request request, Instant now) {
        Holder before = incident.standing().holder();
        boolean over = before != null && !before.personId().equals(request.who().personId());
        JsonObject data = over ? new JsonObject().put("from", before.personId()) : new JsonObject();
        story.add(
                tx,
                StoryEntry.byPerson(
                        incident.id(),
                        now,
                        over ? StoryKind.TAKEN_OVER : StoryKind.TAKEN,
                        request.who(),
                        over ? "taken over from " + before.name() : "taken",
                        data));
        Holder holder = new Holder(request.who().personId(), request.who().displayName(), now);
        Standing taken = incident.standing().taken(holder).changed();
        return incidents.save(tx, clocks.restartStale(tx, incident.with(taken), now), now);
    }

    /** Words for the story; also after the end. */
    public JsonObject note(Request request, String text) {
        return commands.perform(request, "note", Needs.SEEN, (tx, incident, now) -> {
            story.add(
                    tx, StoryEntry.byPerson(incident.id(), now, StoryKind.NOTE, request.who(), text, new JsonObject()));
            return recorded(tx, incident, request, now);
        });
    }

    /** Ends it, by the rules of {@link CloseRules}. */
    public JsonObject close(Request request, String dispositionCode, String note, String noVisitReason) {
        Disposition disposition = Disposition.ofCode(dispositionCode)
                .orElseThrow(() -> CareException.invalid("disposition: not a known code"));
        return commands.perform(request, "close", Needs.CURRENT, (tx, incident, now) -> {
            requireOpen(incident);
            requireNothing(CloseRules.needs(incident, request.who(), evidence(tx, incident, noVisitReason)));
            JsonObject data = new JsonObject().put("disposition", disposition.name());
            if (!noVisitReason.isBlank()) {
                data.put("noVisitReason", noVisitReason);
            }
            String text = disposition.en() + (note.isBlank() ? "" : " · " + note);
            story.add(tx, StoryEntry.byPerson(incident.id(), now, StoryKind.CLOSED, request.who(), text, data));
            Standing.Ending ending = new Standing.Ending(now, request.who().personId(), disposition.name());
            Standing closed =
                    incident.standing().ended(IncidentState.CLOSED, ending).changed();
            Incident saved = incidents.save(tx, incident.with(closed), now);
            incidents.endCaseIfDone(tx, incident.caseId(), now);
            return saved;
        });
    }

    /** What is recorded in an incident's case that bears on closing it. */
    public CloseRules.Evidence evidence(Handle tx, Incident incident, String noVisitReason) {
        Instant opened = incident.origin().openedAt();
        return new CloseRules.Evidence(
                story.lastAlarmJoined(tx, incident.id()).orElse(opened),
                parts.calls().ofCase(tx, incident.caseId()),
                parts.dispatches().ofCase(tx, incident.caseId()),
                noVisitReason);
    }

    /**
     * Something was recorded. If it was by whoever holds the case, they are at work: its stale clocks start again, and
     * a ring that they have seen ends. What others record changes neither.
     */
    Incident recorded(Handle tx, Incident incident, Request request, Instant now) {
        Standing.Marks marks = incident.standing().marks();
        boolean ringing = marks.ringing() && !answersRing(incident, request);
        Standing next = incident.standing().with(marks.withRinging(ringing)).changed();
        Incident answer = incidents.save(tx, incident.with(next), now);
        for (Incident one : incidents.openOfCase(tx, incident.caseId())) {
            if (one.isHeldBy(request.who().personId())
                    && !one.standing().marks().ringing()) {
                Incident restarted = incidents.save(tx, clocks.restartStale(tx, one, now), now);
                answer = restarted.id().equals(incident.id()) ? restarted : answer;
            }
        }
        return answer;
    }

    /** Whoever holds it has seen what joined; nobody else's act, and none that was begun before, says so. */
    private static boolean answersRing(Incident incident, Request request) {
        return incident.isHeldBy(request.who().personId()) && request.version() == incident.version();
    }

    static void requireOpen(Incident incident) {
        if (incident.state().isEnded()) {
            throw CareException.conflict("it has ended");
        }
    }

    private static void requireNothing(List<CloseNeed> needs) {
        if (!needs.isEmpty()) {
            throw CareException.conflict(needs.stream().map(CloseNeed::en).collect(Collectors.joining(" ")));
        }
    }
}
