package org.anban.alert.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.anban.alert.incident.Clocks;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.incident.Records;
import org.anban.alert.incident.Standing;
import org.anban.alert.register.PatientRegister;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.alert.signal.SignalSink;
import org.anban.alert.story.Story;
import org.anban.alert.story.StoryKind;
import org.anban.alert.wake.Bell;
import org.anban.contracts.error.CareException;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where signals become incidents: opens, joins, attaches what is late, ends what its wearer cancelled. */
public final class IncidentDesk implements SignalSink {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentDesk.class);
    private static final String CANCELLED_BY_USER = "CANCELLED_BY_USER";
    private static final String DUPLICATE = "DUPLICATE";

    private final Records records;
    private final Clocks clocks;
    private final Joining joining;
    private final PatientRegister register;
    private final Bell bell;
    private final MeterRegistry meters;

    public IncidentDesk(Records records, Clocks clocks, PatientRegister register, Bell bell, MeterRegistry meters) {
        this.records = records;
        this.clocks = clocks;
        this.joining = new Joining(clocks, records.notices());
        this.register = register;
        this.bell = bell;
        this.meters = meters;
    }

    @Override
    public void apply(Handle tx, List<AlertSignal> signals, Instant now) {
        if (signals.isEmpty()) {
            return;
        }
        records.incidents()
                .lockCases(
                        tx,
                        signals.stream().map(AlertSignal::subject).distinct().toList());
        for (AlertSignal signal : signals) {
            accept(tx, signal, now);
        }
    }

    @Override
    public void committed() {
        bell.ring();
    }

    /** The incident that a person's word opens or joins; the same signal id always names the same one. */
    public Incident raise(Handle tx, AlertSignal signal, Instant now) {
        apply(tx, List.of(signal), now);
        String id = records.signals().incidentOf(tx, signal.id());
        return Optional.ofNullable(id)
                .flatMap(known -> records.incidents().find(tx, known))
                .orElseThrow(() -> CareException.conflict("this command id was used for something else"));
    }

    private void accept(Handle tx, AlertSignal signal, Instant now) {
        if (!records.signals().add(tx, signal)) {
            return;
        }
        switch (signal.action()) {
            case RAISE, SUSPECT -> raiseOrSuspect(tx, signal, now);
            case CANCEL -> cancel(tx, signal, now);
            case WITHDRAW ->
                records.incidents()
                        .open(tx, signal.subject(), signal.kind())
                        .ifPresent(open -> withdraw(tx, open, signal, now));
            case NOTE ->
                records.incidents()
                        .open(tx, signal.subject(), signal.kind())
                        .ifPresent(open -> remark(tx, open, signal, StoryKind.REMARK, now));
        }
    }

    private void raiseOrSuspect(Handle tx, AlertSignal signal, Instant now) {
        if (clocks.isDelayed(signal.time())) {
            Optional<Incident> closed = records.incidents()
                    .closedAround(
                            tx, signal.subject(), signal.kind(), signal.time().at());
            if (closed.isPresent()) {
                attachLate(tx, closed.get(), signal, now);
                return;
            }
        }
        String caseId = records.incidents().openCase(tx, signal.subject(), now);
        Optional<Incident> before = records.incidents().open(tx, signal.subject(), signal.kind());
        Incident fresh = fresh(signal, caseId, before.map(Incident::label).or(() -> label(signal.subject())), now);
        Incident after = records.incidents().openOrJoin(tx, fresh, now);
        records.signals().attach(tx, signal, after.id(), false);
        if (after.standing().joined() == 0) {
            opened(tx, after, signal, now);
        } else {
            Incident joined = joining.join(tx, before.orElse(after), after, signal, now);
            records.incidents().save(tx, joined, now);
            remark(tx, joined, signal, StoryKind.JOINED, now);
        }
    }

    private void opened(Handle tx, Incident incident, AlertSignal signal, Instant now) {
        remark(tx, incident, signal, StoryKind.OPENED, now);
        if (signal.confirmBy() != null) {
            clocks.suspect(tx, incident, signal.confirmBy());
        } else {
            records.incidents().save(tx, clocks.startLadder(tx, incident, now), now);
        }
        meters.counter("anban.incidents.opened", "kind", signal.kind().name()).increment();
        LOG.info("incident {} opened: {} {}", incident.id(), incident.priority(), incident.kind());
    }

    /** What happened while an incident lasted that a person has closed belongs to it, and opens nothing. */
    private void attachLate(Handle tx, Incident closed, AlertSignal signal, Instant now) {
        records.signals().attach(tx, signal, closed.id(), true);
        remark(tx, closed, signal, StoryKind.LATE, now);
        records.incidents().save(tx, closed.with(closed.standing().changed()), now);
    }

    private void cancel(Handle tx, AlertSignal signal, Instant now) {
        Optional<Incident> open = records.incidents().open(tx, signal.subject(), signal.kind());
        if (open.isEmpty()) {
            return;
        }
        Incident incident = open.get();
        records.signals().attach(tx, signal, incident.id(), false);
        Standing standing = incident.standing().changed();
        if (incident.state() == IncidentState.CANDIDATE) {
            Standing.Ending ending = new Standing.Ending(now, null, CANCELLED_BY_USER);
            records.incidents().save(tx, incident.with(standing.ended(IncidentState.CANCELLED, ending)), now);
            records.incidents().endCaseIfDone(tx, incident.caseId(), now);
            remark(tx, incident, signal, StoryKind.CANCELLED, now);
        } else {
            Standing told = standing.with(standing.marks().withSuspect(false));
            records.incidents().save(tx, incident.with(told), now);
            remark(tx, incident, signal, StoryKind.CANCEL_TOLD, now);
        }
    }

    /** What somebody has taken, or what is more than a maintenance order, is left to people. */
    private void withdraw(Handle tx, Incident incident, AlertSignal signal, Instant now) {
        records.signals().attach(tx, signal, incident.id(), false);
        remark(tx, incident, signal, StoryKind.REMARK, now);
        if (incident.state() == IncidentState.OPEN && incident.priority() == Priority.P4) {
            Standing.Ending ending = new Standing.Ending(now, null, DUPLICATE);
            Standing ended = incident.standing().changed().ended(IncidentState.CANCELLED, ending);
            records.incidents().save(tx, incident.with(ended), now);
            records.incidents().endCaseIfDone(tx, incident.caseId(), now);
        }
    }

    private void remark(Handle tx, Incident incident, AlertSignal signal, StoryKind kind, Instant now) {
        String note = signal.ladderNote().isEmpty() ? "" : " (" + signal.ladderNote() + ")";
        JsonObject data = new JsonObject()
                .put("signal", signal.id())
                .put("device", signal.device())
                .put("at", signal.time().at().toString())
                .put("receivedAt", signal.time().receivedAt().toString());
        if (kind == StoryKind.JOINED && isAlarm(signal)) {
            data.put(Story.ALARM, true);
        }
        if (signal.time().clockWrong()) {
            data.put("deviceAt", String.valueOf(signal.time().deviceAt()));
        }
        records.story().tell(tx, incident.id(), now, kind, signal.text() + note, data);
    }

    private static boolean isAlarm(AlertSignal signal) {
        return signal.action() == Action.SUSPECT || signal.priority().isCritical();
    }

    private Incident fresh(AlertSignal signal, String caseId, Optional<SubjectLabel> label, Instant now) {
        boolean suspect = signal.action() == Action.SUSPECT;
        boolean delayed = clocks.isDelayed(signal.time());
        return new Incident(
                UUID.randomUUID().toString(),
                caseId,
                label.orElse(new SubjectLabel(signal.subject(), signal.subject().key(), "", "")),
                signal.kind(),
                Incident.Origin.of(signal.time(), now),
                Standing.fresh(
                        suspect ? IncidentState.CANDIDATE : IncidentState.OPEN,
                        suspect ? Priority.P3 : signal.priority(),
                        new Standing.Marks(delayed, suspect, false, false, label.isPresent())));
    }

    private Optional<SubjectLabel> label(SubjectId subject) {
        try {
            return Optional.of(register.label(subject));
        } catch (CareException e) {
            LOG.warn("the register does not answer; an incident opens without name and area");
            return Optional.empty();
        }
    }
}
