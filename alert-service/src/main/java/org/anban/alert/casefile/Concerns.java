package org.anban.alert.casefile;

import java.time.Instant;
import java.util.List;
import org.anban.alert.casework.CaseParts;
import org.anban.alert.console.Console;
import org.anban.alert.incident.Incident;
import org.anban.alert.intake.IncidentDesk;
import org.anban.alert.register.PatientRegister;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.incident.IncidentFeed;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.IncidentSummary;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;

/** What a person says opens an incident on the same path as what a device says. */
public final class Concerns implements IncidentFeed {
    private static final int LISTED = 100;

    private final CaseParts parts;
    private final IncidentDesk desk;
    private final PatientRegister register;
    private final FamilyAccess family;

    public Concerns(CaseParts parts, IncidentDesk desk, PatientRegister register, FamilyAccess family) {
        this.parts = parts;
        this.desk = desk;
        this.register = register;
        this.family = family;
    }

    @Override
    public List<IncidentSummary> of(SubjectId subject, Instant since) {
        return parts
                .database()
                .inTransaction(tx -> parts.records().incidents().ofSubject(tx, subject, since, LISTED))
                .stream()
                .map(Concerns::summary)
                .toList();
    }

    @Override
    public IncidentSummary openConcern(SubjectId subject, Principal reporter, String words, String commandId) {
        return summary(open(subject, reporter, words, commandId, Priority.P2));
    }

    /** Opens it, or joins the concern that is open; the same command id again names the same one. */
    Incident open(SubjectId subject, Principal reporter, String words, String commandId, Priority priority) {
        requireMay(reporter, subject, priority);
        Instant now = parts.time().instant();
        AlertSignal signal = new AlertSignal(
                "concern:" + reporter.personId() + ":" + commandId,
                AlertSignal.Action.RAISE,
                subject,
                IncidentKind.CONCERN,
                priority,
                EventTime.received(now),
                null,
                words,
                null,
                "reported by " + reporter.displayName());
        Incident incident = parts.database().inTransaction(tx -> desk.raise(tx, signal, now));
        if (!incident.subject().equals(subject)) {
            throw CareException.conflict("commandId: it was used for another subject");
        }
        parts.bell().ring();
        return incident;
    }

    private void requireMay(Principal reporter, SubjectId subject, Priority priority) {
        if (reporter.isStaff()) {
            String area = area(subject);
            if (!Console.maySee(reporter, area)) {
                throw CareException.notFound("subject: not in your area");
            }
            if (area.isEmpty() && isUnknown(subject)) {
                throw CareException.notFound("subject: not in the register");
            }
            return;
        }
        if (!reporter.hasAny(Role.FAMILY) || !family.mayRead(reporter, subject, FamilyAccess.Scope.ALARMS)) {
            throw CareException.notFound("subject: no such resident of yours");
        }
        if (priority != Priority.P2) {
            throw CareException.forbidden("priority: only staff may choose it");
        }
    }

    private String area(SubjectId subject) {
        try {
            return register.label(subject).areaPath();
        } catch (CareException e) {
            return "";
        }
    }

    /** A register that does not answer keeps nobody from raising an alarm. */
    private boolean isUnknown(SubjectId subject) {
        try {
            return register.file(subject).isEmpty();
        } catch (CareException e) {
            return false;
        }
    }

    private static IncidentSummary summary(Incident incident) {
        return new IncidentSummary(
                incident.id(),
                incident.subject(),
                incident.kind(),
                incident.priority(),
                incident.state().name(),
                incident.origin().openedAt());
    }
}
