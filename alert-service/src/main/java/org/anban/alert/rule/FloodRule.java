package org.anban.alert.rule;

import java.util.function.Consumer;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.incident.Priority;

/**
 * A device that loops must not hold up the alarms of others: of hundreds of alarms of one kind in a minute, the first
 * are judged, and then one a second, so that its incident opens again if a person closes it, and so that a press after
 * the loop is over is heard.
 */
final class FloodRule implements Rule {
    private static final long THEN_EVERY_MILLIS = 1_000;

    private final int most;

    FloodRule(RuleConfig config) {
        most = config.alarmsAMinute();
    }

    @Override
    public String name() {
        return "flood";
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
        String kind = report.kind().wireName();
        long at = sighting.at().toEpochMilli();
        int alarms = memory.alarms().add(sighting.device(), kind, at);
        if (alarms <= most) {
            return false;
        }
        if (alarms == most + 1) {
            String text = "%s sends %s more than %d times a minute; not every one is told any more"
                    .formatted(AlarmWords.device(sighting), kind, most);
            say.accept(new AlertSignal(
                    sighting.signalId(name()),
                    AlertSignal.Action.NOTE,
                    sighting.entry().subject(),
                    RepeatRule.incidentOf(report.kind()),
                    Priority.P4,
                    report.time(),
                    sighting.device(),
                    text,
                    null,
                    ""));
        }
        return !memory.alarms().tellAgain(sighting.device(), kind, at, THEN_EVERY_MILLIS);
    }
}
