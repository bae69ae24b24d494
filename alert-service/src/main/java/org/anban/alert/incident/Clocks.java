package org.anban.alert.incident;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.anban.alert.deadline.Deadline;
import org.anban.alert.deadline.DeadlineKind;
import org.anban.alert.deadline.DeadlineStore;
import org.anban.alert.story.Story;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.incident.Priority;
import org.jdbi.v3.core.Handle;

/** Starts, holds and restarts an incident's clocks. Every method answers the incident as it then is, not yet saved. */
public final class Clocks {
    private final DeadlineStore deadlines;
    private final Story story;
    private final IncidentConfig config;

    public Clocks(DeadlineStore deadlines, Story story, IncidentConfig config) {
        this.deadlines = deadlines;
        this.story = story;
        this.config = config;
    }

    public boolean isDelayed(EventTime time) {
        return Duration.between(time.at(), time.receivedAt()).compareTo(config.delayedAfter()) > 0;
    }

    /** From the first step, at once. */
    public Incident startLadder(Handle tx, Incident incident, Instant now) {
        Incident next = incident.with(incident.standing().withRun(null));
        deadlines.add(tx, due(next, DeadlineKind.STEP, now));
        return next;
    }

    /** Silence will confirm it, whatever else happens before, unless its wearer cancels. */
    public void suspect(Handle tx, Incident incident, Instant confirmBy) {
        deadlines.add(tx, due(incident, DeadlineKind.CONFIRM, confirmBy));
    }

    /** Holds the ladder, and gives whoever has taken it the time of its priority to record something. */
    public Incident restartStale(Handle tx, Incident incident, Instant now) {
        Duration after = config.staleAfter(incident.priority());
        Instant staleAt = after == null ? null : now.plus(after);
        Incident next = incident.with(incident.standing().withRun(staleAt));
        if (staleAt != null) {
            deadlines.add(tx, due(next, DeadlineKind.STALE, staleAt));
        }
        return next;
    }

    /** Nobody cancelled in time: it is real. A person who has taken it already is told by the ring. */
    public Incident confirm(Handle tx, Incident incident, Instant now) {
        Priority priority = incident.priority().higher(Priority.P1);
        Standing standing = incident.standing().with(priority).changed();
        story.tell(tx, incident.id(), now, StoryKind.CONFIRMED, "nobody cancelled it in time", new JsonObject());
        return switch (incident.state()) {
            case CANDIDATE -> startLadder(tx, incident.with(standing.opened()), now);
            case TAKEN ->
                restartStale(
                        tx,
                        incident.with(standing.with(
                                standing.marks().withSuspect(false).withRinging(true))),
                        now);
            case OPEN ->
                startLadder(tx, incident.with(standing.with(standing.marks().withSuspect(false))), now);
            case CANCELLED, CLOSED -> throw new IllegalStateException("an ended incident is no suspicion");
        };
    }

    /** Whoever has taken it recorded nothing: it is everybody's again. */
    public Incident reopen(Handle tx, Incident incident, Instant now) {
        Standing standing = incident.standing();
        Holder holder = standing.holder();
        story.tell(
                tx,
                incident.id(),
                now,
                StoryKind.STALE,
                "nothing recorded in time; open again",
                new JsonObject().put("takenBy", holder == null ? null : holder.personId()));
        boolean suspect = standing.marks().suspect();
        Standing opened = standing.opened();
        return startLadder(
                tx,
                incident.with(opened.with(opened.marks().withSuspect(suspect)).changed()),
                now);
    }

    private static Deadline due(Incident incident, DeadlineKind kind, Instant at) {
        return new Deadline(incident.id(), kind, 0, incident.standing().run(), incident.priority(), at);
    }
}
