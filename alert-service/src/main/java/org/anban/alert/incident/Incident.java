package org.anban.alert.incident;

import java.time.Instant;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param caseId the set of a subject's open incidents to which it belongs
 * @param label name, area and station as they were when it opened
 * @param origin how it began, which never changes
 * @param standing how it stands now
 */
public record Incident(
        String id, String caseId, SubjectLabel label, IncidentKind kind, Origin origin, Standing standing) {

    /**
     * How it began.
     *
     * @param eventAt when what opened it happened
     * @param receivedAt when we heard of that
     * @param deviceAt what the device's clock said; null if it said nothing
     */
    public record Origin(
            Instant openedAt, Instant eventAt, Instant receivedAt, @Nullable Instant deviceAt, boolean clockWrong) {
        public static Origin of(EventTime time, Instant openedAt) {
            return new Origin(openedAt, time.at(), time.receivedAt(), time.deviceAt(), time.clockWrong());
        }
    }

    public SubjectId subject() {
        return label.id();
    }

    public IncidentState state() {
        return standing.state();
    }

    public Priority priority() {
        return standing.priority();
    }

    public int version() {
        return standing.version();
    }

    /** It should sound now. */
    public boolean rings() {
        return priority().isCritical()
                && (state() == IncidentState.OPEN
                        || state() == IncidentState.TAKEN && standing.marks().ringing());
    }

    /** Whether this person has taken it. */
    public boolean isHeldBy(String personId) {
        Holder holder = standing.holder();
        return state() == IncidentState.TAKEN
                && holder != null
                && holder.personId().equals(personId);
    }

    public Incident with(Standing next) {
        return new Incident(id, caseId, label, kind, origin, next);
    }

    public Incident with(SubjectLabel found) {
        return new Incident(id, caseId, found, kind, origin, standing);
    }
}
