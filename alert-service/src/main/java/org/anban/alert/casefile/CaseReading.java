package org.anban.alert.casefile;

import java.util.List;
import java.util.Optional;
import org.anban.alert.casework.CaseDesk;
import org.anban.alert.casework.CaseParts;
import org.anban.alert.casework.CloseRules;
import org.anban.alert.deadline.DeadlineStore;
import org.anban.alert.escalation.EscalationPolicy;
import org.anban.alert.escalation.LadderView;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.incident.Records;
import org.anban.alert.notice.Notice;
import org.anban.alert.register.PatientRegister;
import org.anban.alert.story.StoryEntry;
import org.anban.contracts.access.Principal;
import org.jdbi.v3.core.Handle;

/** Reads incidents and cases; checks nobody's right to. */
public final class CaseReading {
    private static final int LISTED = 2000;

    private final CaseParts parts;
    private final CaseDesk cases;
    private final DeadlineStore deadlines;
    private final EscalationPolicy policy;

    public CaseReading(CaseParts parts, CaseDesk cases, DeadlineStore deadlines, EscalationPolicy policy) {
        this.parts = parts;
        this.cases = cases;
        this.deadlines = deadlines;
        this.policy = policy;
    }

    List<Incident> inStates(List<IncidentState> states, List<String> areas) {
        return parts.database().inTransaction(tx -> parts.records().incidents().inStates(tx, states, areas, LISTED));
    }

    Optional<Incident> find(String id) {
        return parts.database().inTransaction(tx -> parts.records().incidents().find(tx, id));
    }

    Membership members(PatientRegister register) {
        return new Membership(parts.database(), register);
    }

    List<StoryEntry> story(String id) {
        return parts.database().inTransaction(tx -> parts.records().story().of(tx, id));
    }

    Optional<CaseRecord> read(String id, Principal who) {
        return parts.database()
                .inTransaction(tx -> parts.records().incidents().find(tx, id).map(incident -> read(tx, incident, who)));
    }

    private CaseRecord read(Handle tx, Incident incident, Principal who) {
        Records records = parts.records();
        List<StoryEntry> story = records.story().of(tx, incident.id());
        List<Notice> notices = records.notices().of(tx, incident.id());
        CloseRules.Evidence evidence = cases.evidence(tx, incident, "");
        return new CaseRecord(
                incident,
                story,
                records.signals().of(tx, incident.id()),
                new CaseRecord.Work(evidence.dispatches(), evidence.calls(), notices),
                LadderView.of(
                        policy,
                        incident,
                        story,
                        notices,
                        deadlines.of(tx, incident.id(), incident.standing().run())),
                incident.state().isEnded() ? List.of() : CloseRules.needs(incident, who, evidence),
                records.incidents().openOfCase(tx, incident.caseId()).stream()
                        .filter(other -> !other.id().equals(incident.id()))
                        .toList());
    }
}
