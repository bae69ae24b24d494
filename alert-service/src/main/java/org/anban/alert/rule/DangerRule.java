package org.anban.alert.rule;

import java.util.Locale;
import java.util.function.Consumer;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;

/**
 * SOS, smoke, gas, CO: life is in danger until proved otherwise, however old the alarm is and whatever the register
 * says of the subject (domain notes 6.5, SOS and SMOKE_GAS_CO: no persistence, P0).
 */
final class DangerRule implements Rule {
    private final ReportKind reported;
    private final IncidentKind kind;
    private final AlarmWords words;

    DangerRule(ReportKind reported, IncidentKind kind, RuleConfig config) {
        this.reported = reported;
        this.kind = kind;
        this.words = new AlarmWords(config.zone());
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Lane lane() {
        return Lane.ALARM;
    }

    @Override
    public boolean judge(Sighting sighting, SubjectMemory memory, Consumer<AlertSignal> say) {
        if (!(sighting.entry().event() instanceof DeviceReport report) || report.kind() != reported) {
            return false;
        }
        String text = kind == IncidentKind.SOS ? "SOS pressed on " : kind.name() + " detected by ";
        say.accept(new AlertSignal(
                sighting.signalId(name()),
                AlertSignal.Action.RAISE,
                sighting.entry().subject(),
                kind,
                Priority.P0,
                report.time(),
                sighting.device(),
                text + AlarmWords.device(sighting) + " " + words.when(report.time()),
                null,
                AlarmWords.circumstances(sighting, report)));
        return true;
    }
}
