package org.anban.alert.casework;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.anban.alert.call.PhoneCall;
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

    /** Somebody has looked. Holds no ladder. */
    public JsonObject seen(Request request) {
        return commands.perform(request, "seen", Needs.SEEN, (tx, incident, now) -> {
            requireOpen(incident);
            story.add(
                    tx,
                    StoryEntry.byPerson(incident.id(), now, StoryKind.SEEN, request.who(), "seen", new JsonObject()));
            Standing.Marks marks = incident.standing().marks();
            Standing looked = incident.standing().with(marks.withLooked().withRinging(false));
            return incidents.save(tx, incident.with(marks.ringing() ? looked.changed() : looked), now);
        });
    }

    /** The caller takes the whole case; its ladders are held. */
    public JsonObject take(Request request) {
        return commands.perform(request, "take", Needs.CURRENT, (tx, incident, now) -> {
            requireOpen(incident);
            Incident answer = incident;
            for (Incident one : incidents.openOfCase(tx, incident.caseId())) {
                Incident taken = takeOne(tx, one, request, now);
                answer = taken.id().equals(incident.id()) ? taken : answer;
            }
            return answer;
        });
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

    /** A call was made. */
    public JsonObject call(Request request, PhoneCall call) {
        return commands.perform(request, "call", Needs.SEEN, (tx, incident, now) -> {
            requireOpen(incident);
            parts.calls().add(tx, incident.id(), incident.caseId(), call);
            JsonObject data = new JsonObject()
                    .put("to", call.to().word())
                    .put("contactId", call.contactId())
                    .put("outcome", call.outcome().word());
            String text = "call to " + call.to().word() + ": " + call.outcome().word()
                    + (call.text().isBlank() ? "" : " · " + call.text());
            story.add(tx, StoryEntry.byPerson(incident.id(), now, StoryKind.CALL, request.who(), text, data));
            return recorded(tx, incident, now);
        });
    }

    /** Words for the story; also after the end. */
    public JsonObject note(Request request, String text) {
        return commands.perform(request, "note", Needs.SEEN, (tx, incident, now) -> {
            story.add(
                    tx, StoryEntry.byPerson(incident.id(), now, StoryKind.NOTE, request.who(), text, new JsonObject()));
            return recorded(tx, incident, now);
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
        return new CloseRules.Evidence(
                parts.calls().ofCase(tx, incident.caseId()),
                parts.dispatches().ofCase(tx, incident.caseId()),
                noVisitReason);
    }

    /** Something was recorded: whoever holds the case is at work, so the stale clocks of the case start again. */
    Incident recorded(Handle tx, Incident incident, Instant now) {
        Standing silenced = incident.standing()
                .with(incident.standing().marks().withRinging(false))
                .changed();
        Incident changed = incidents.save(tx, incident.with(silenced), now);
        Incident answer = changed;
        for (Incident one : incidents.openOfCase(tx, incident.caseId())) {
            if (one.state() == IncidentState.TAKEN) {
                Incident restarted = incidents.save(tx, clocks.restartStale(tx, one, now), now);
                answer = restarted.id().equals(incident.id()) ? restarted : answer;
            }
        }
        return answer;
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
