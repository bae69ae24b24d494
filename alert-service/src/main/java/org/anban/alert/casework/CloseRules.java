package org.anban.alert.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.alert.call.PhoneCall;
import org.anban.alert.dispatch.Dispatch;
import org.anban.alert.incident.Incident;
import org.anban.contracts.access.Principal;

/**
 * When a person may close an incident. Silence never does: without a word from the resident, a critical one needs a
 * visit, a contact's word, or a recorded reason for not going. What counts was recorded in its case since it opened,
 * and since an alarm last joined it.
 */
public final class CloseRules {
    private CloseRules() {}

    /** What is still needed; empty if the person may close it. */
    public static List<CloseNeed> needs(Incident incident, Principal who, Evidence evidence) {
        List<CloseNeed> needs = new ArrayList<>();
        if (!incident.isHeldBy(who.personId())) {
            needs.add(CloseNeed.TAKE_IT);
        } else if (incident.rings()) {
            needs.add(CloseNeed.REACT_TO_JOINED);
        }
        if (evidence.dispatches().stream().anyMatch(dispatch -> dispatch.state().isUnderWay())) {
            needs.add(CloseNeed.RESPONDER_UNDER_WAY);
        }
        if (incident.priority().isCritical() && !evidence.suffices()) {
            needs.add(CloseNeed.CONTACT_VISIT_OR_REASON);
        }
        return needs;
    }

    /**
     * What is recorded in the case.
     *
     * @param since when the incident opened, or an alarm last joined it: what was recorded before says nothing of it
     * @param noVisitReason why nobody goes; blank if nobody said
     */
    public record Evidence(Instant since, List<PhoneCall> calls, List<Dispatch> dispatches, String noVisitReason) {
        public Evidence {
            calls = List.copyOf(calls);
            dispatches = List.copyOf(dispatches);
        }

        boolean suffices() {
            return !noVisitReason.isBlank()
                    || calls.stream()
                            .filter(call -> !call.by().at().isBefore(since))
                            .anyMatch(call ->
                                    call.reached(PhoneCall.Party.RESIDENT) || call.reached(PhoneCall.Party.CONTACT))
                    || dispatches.stream()
                            .filter(visit -> !visit.changedAt().isBefore(since))
                            .anyMatch(visit -> visit.state().isVisit());
        }
    }
}
