package org.anban.alert.casework;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.anban.alert.casework.CommandDesk.Needs;
import org.anban.alert.dispatch.Dispatch;
import org.anban.alert.dispatch.DispatchState;
import org.anban.alert.dispatch.DispatchStore;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.Records;
import org.anban.alert.notice.Channel;
import org.anban.alert.notice.Notice;
import org.anban.alert.notice.Recipient;
import org.anban.alert.register.PatientRegister;
import org.anban.alert.story.StoryEntry;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Responder;
import org.jdbi.v3.core.Handle;

/** Sends somebody, and records how far they have come. */
public final class DispatchDesk {
    private final CaseDesk cases;
    private final DispatchStore dispatches;
    private final Records records;
    private final PatientRegister register;
    private final boolean provider;

    /**
     * A desk.
     *
     * @param provider whether messages can be sent to telephones
     */
    public DispatchDesk(CaseDesk cases, CaseParts parts, PatientRegister register, boolean provider) {
        this.cases = cases;
        this.dispatches = parts.dispatches();
        this.records = parts.records();
        this.register = register;
        this.provider = provider;
    }

    /** Starts a dispatch; whoever sends somebody must have taken the case. */
    public JsonObject send(Request request, String responderId) {
        Responder responder = register.responder(responderId)
                .orElseThrow(() -> CareException.invalid("responderId: no such responder"));
        return cases.commands().perform(request, "dispatch", Needs.SEEN, (tx, incident, now) -> {
            if (!incident.isHeldBy(request.who().personId())) {
                throw CareException.conflict("take it before you send somebody");
            }
            Dispatch dispatch = new Dispatch(
                    UUID.randomUUID().toString(),
                    incident.id(),
                    incident.caseId(),
                    responder,
                    DispatchState.ASSIGNED,
                    now,
                    now);
            dispatches.add(tx, dispatch);
            tell(tx, incident, request, dispatch, "sent " + responder.name(), now);
            if (provider && !responder.phone().isBlank()) {
                records.notices().add(tx, notice(incident, responder, now));
            }
            return cases.recorded(tx, incident, request, now);
        });
    }

    /** Moves a dispatch on. */
    public JsonObject move(Request request, String dispatchId, DispatchState next, String text) {
        return cases.commands().perform(request, "dispatch", Needs.SEEN, (tx, incident, now) -> {
            Dispatch dispatch = dispatches
                    .find(tx, dispatchId)
                    .filter(found -> found.caseId().equals(incident.caseId()))
                    .orElseThrow(() -> CareException.invalid("dispatchId: no such dispatch in this case"));
            if (!dispatch.state().mayMoveTo(next)) {
                throw CareException.conflict("a dispatch that is " + dispatch.state() + " cannot become " + next);
            }
            dispatches.move(tx, dispatchId, next, now);
            Dispatch moved = new Dispatch(
                    dispatchId,
                    dispatch.incidentId(),
                    dispatch.caseId(),
                    dispatch.responder(),
                    next,
                    dispatch.createdAt(),
                    now);
            String words = dispatch.responder().name() + ": " + next + (text.isBlank() ? "" : " · " + text);
            tell(tx, incident, request, moved, words, now);
            return cases.recorded(tx, incident, request, now);
        });
    }

    private void tell(Handle tx, Incident incident, Request request, Dispatch dispatch, String text, Instant now) {
        JsonObject data = new JsonObject()
                .put("dispatchId", dispatch.id())
                .put("responderId", dispatch.responder().id())
                .put("state", dispatch.state().name());
        records.story().add(tx, StoryEntry.byPerson(incident.id(), now, StoryKind.DISPATCH, request.who(), text, data));
    }

    private static Notice notice(Incident incident, Responder responder, Instant now) {
        String area = incident.label().areaPath();
        return Notice.ready(
                UUID.randomUUID().toString(),
                incident.id(),
                Channel.WEBHOOK,
                new Recipient(responder.id(), responder.name(), responder.phone()),
                new Notice.Matter("dispatch", incident.priority(), incident.kind(), area),
                "安伴：请前往 " + incident.label().name() + "，详情请联系值守中心。 Anban: please go to "
                        + incident.label().name() + "; call the care centre for details.",
                now);
    }
}
