package org.anban.alert.evaluation;

import java.time.Instant;
import org.anban.alert.rule.Sighting;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.log.LogBatch;

/** What is kept, and what an operator is told, of an entry that could not be dealt with. */
public final class NotEvaluated {
    private static final String DESK = "desk";

    private NotEvaluated() {}

    static SetAsideEvent record(Sighting sighting, String rule, Throwable failure) {
        LogEntry entry = sighting.entry();
        return new SetAsideEvent(
                sighting.lane(),
                sighting.batch(),
                sighting.index(),
                rule,
                entry.device().value(),
                entry.subject().toString(),
                failure.toString(),
                sighting.at());
    }

    /** For the passing of time. */
    static SetAsideEvent record(LogBatch batch, SubjectId subject, String rule, Throwable failure) {
        return new SetAsideEvent(
                batch.lane(), batch.number(), -1, rule, "", subject.toString(), failure.toString(), batch.at());
    }

    /** For a signal that the incident desk could not take. */
    public static SetAsideEvent record(Lane lane, Spoken spoken, Throwable failure, Instant at) {
        AlertSignal signal = spoken.signal();
        String device = signal.device();
        return new SetAsideEvent(
                lane,
                spoken.batch(),
                spoken.place(),
                DESK + ":" + signal.id(),
                device == null ? "" : device,
                signal.subject().toString(),
                failure.toString(),
                at);
    }

    /** For batches that cannot be read. */
    static SetAsideEvent record(Lane lane, long batch, Instant at, String why) {
        return new SetAsideEvent(lane, batch, -1, "log", "", "", why, at);
    }

    /** Alarms may have been in batches that cannot be read. */
    static AlertSignal alarm(long from, long to, Instant at) {
        return new AlertSignal(
                "not_evaluated.A-" + from + "-" + to,
                AlertSignal.Action.RAISE,
                SubjectId.unbound("event-log"),
                IncidentKind.NOT_EVALUATED,
                Priority.P1,
                EventTime.received(at),
                null,
                "Part of the alarm log (batches " + from + " to " + to + ") cannot be read; alarms may be in it",
                null,
                "");
    }

    /** An alarm that a rule failed on is a P1 of its own: a person must look. */
    static AlertSignal alarm(Sighting sighting, String rule) {
        LogEntry entry = sighting.entry();
        String what =
                entry.event() instanceof DeviceReport report ? report.kind().wireName() : "message";
        return new AlertSignal(
                sighting.signalId("not_evaluated." + rule),
                AlertSignal.Action.RAISE,
                entry.subject(),
                IncidentKind.NOT_EVALUATED,
                Priority.P1,
                entry.event().time(),
                entry.device().value(),
                "A " + what + " alarm of device " + entry.device() + " could not be evaluated; treat it as real",
                null,
                "");
    }

    /** The same for a signal that the incident desk could not take. */
    public static AlertSignal alarm(AlertSignal refused) {
        return new AlertSignal(
                "not_evaluated." + Integer.toHexString(refused.id().hashCode()) + "." + shortened(refused.id()),
                AlertSignal.Action.RAISE,
                refused.subject(),
                IncidentKind.NOT_EVALUATED,
                Priority.P1,
                refused.time(),
                refused.device(),
                "A " + refused.kind() + " alarm could not be evaluated; treat it as real",
                null,
                "");
    }

    private static String shortened(String id) {
        return id.length() > 150 ? id.substring(0, 150) : id;
    }
}
