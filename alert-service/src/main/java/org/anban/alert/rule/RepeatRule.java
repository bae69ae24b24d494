package org.anban.alert.rule;

import java.util.function.Consumer;
import org.anban.alert.memory.SeenEvents;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;

/**
 * An alarm with the same id and the same payload from the same device, received not long after, is the same alarm sent
 * again: it is told, and opens nothing. Only a device's time that fits tells a repeat from a button whose every press has
 * the same bytes: without one, with a clock that stands still, and for an alarm that comes late, what comes later than a
 * lost acknowledgement explains is an alarm. An alarm without an id is never a repeat, for it may ring twice but must not
 * vanish.
 */
final class RepeatRule implements Rule {
    private final SeenEvents.Spans spans;
    private final AlarmWords words;

    RepeatRule(RuleConfig config) {
        this.spans = new SeenEvents.Spans(config.repeatSpan(), config.timelessRepeatSpan());
        this.words = new AlarmWords(config.zone());
    }

    @Override
    public String name() {
        return "repeat";
    }

    @Override
    public Lane lane() {
        return Lane.ALARM;
    }

    @Override
    public boolean judge(Sighting sighting, SubjectMemory memory, Consumer<AlertSignal> say) {
        if (!(sighting.entry().event() instanceof DeviceReport report)) {
            return false;
        }
        boolean repeated = memory.seen().repeated(sighting.device(), report, spans);
        if (repeated) {
            say.accept(new AlertSignal(
                    sighting.signalId(name()),
                    AlertSignal.Action.NOTE,
                    sighting.entry().subject(),
                    incidentOf(report.kind()),
                    Priority.P4,
                    report.time(),
                    sighting.device(),
                    "Sent again by " + AlarmWords.device(sighting) + ": "
                            + report.kind().wireName() + " " + words.when(report.time()),
                    null,
                    ""));
        }
        return repeated;
    }

    static IncidentKind incidentOf(ReportKind kind) {
        return switch (kind) {
            case SOS -> IncidentKind.SOS;
            case SMOKE -> IncidentKind.SMOKE;
            case GAS -> IncidentKind.GAS;
            case CO -> IncidentKind.CO;
            case FALL, FALL_CANCELLED -> IncidentKind.FALL;
            default -> IncidentKind.NOT_EVALUATED;
        };
    }
}
