package org.anban.alert.casework;

import java.util.ArrayList;
import java.util.List;
import org.anban.alert.call.PhoneCall;
import org.anban.alert.dispatch.Dispatch;
import org.anban.alert.incident.Holder;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.contracts.access.Principal;

/**
 * When a person may close an incident. Silence never does: without a word from the resident, a critical one needs a
 * visit, a contact's word, or a recorded reason for not going. What counts was recorded in its case since it opened.
 */
public final class CloseRules {
    private CloseRules() {}

    /** What is still needed; empty if the person may close it. */
    public static List<CloseNeed> needs(Incident incident, Principal who, Evidence evidence) {
        List<CloseNeed> needs = new ArrayList<>();
        Holder holder = incident.standing().holder();
        if (incident.state() != IncidentState.TAKEN
                || holder == null
                || !holder.personId().equals(who.personId())) {
            needs.add(CloseNeed.TAKE_IT);
        }
        if (evidence.dispatches().stream().anyMatch(dispatch -> dispatch.state().isUnderWay())) {
            needs.add(CloseNeed.RESPONDER_UNDER_WAY);
        }
        if (incident.priority().isCritical() && !evidence.suffices(incident)) {
            needs.add(CloseNeed.CONTACT_VISIT_OR_REASON);
        }
        return needs;
    }

    /**
     * What is recorded in the case.
     *
     * @param noVisitReason why nobody goes; blank if nobody said
     */
    public record Evidence(List<PhoneCall> calls, List<Dispatch> dispatches, String noVisitReason) {
        public Evidence {
            calls = List.copyOf(calls);
            dispatches = List.copyOf(dispatches);
        }

        boolean suffices(Incident incident) {
            return !noVisitReason.isBlank()
                    || calls.stream()
                            .filter(call ->
                                    !call.by().at().isBefore(incident.origin().openedAt()))
                            .anyMatch(call ->
                                    call.reached(PhoneCall.Party.RESIDENT) || call.reached(PhoneCall.Party.CONTACT))
                    || dispatches.stream()
                            .filter(visit -> !visit.changedAt()
                                    .isBefore(incident.origin().openedAt()))
                            .anyMatch(visit -> visit.state().isVisit());
        }
    }
}
