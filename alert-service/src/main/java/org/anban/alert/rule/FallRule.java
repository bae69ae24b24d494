package org.anban.alert.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.anban.alert.memory.Cancel;
import org.anban.alert.memory.Fall;
import org.anban.alert.memory.FallWatch;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A device's fall is a candidate until its wearer cancels it or silence confirms it; a model that counted down itself
 * has had its silence already (domain notes 6.4 and 6.5, FALL_CANDIDATE P3, FALL_CONFIRMED P1). The cancel may come
 * first. It ends the candidate only if no other fall that shares its incident stands.
 */
final class FallRule implements Rule {
    private final Duration window;
    private final Duration span;
    private final AlarmWords words;

    FallRule(RuleConfig config) {
        window = config.fallWindow();
        span = config.repeatSpan().plus(window.multipliedBy(2));
        words = new AlarmWords(config.zone());
    }

    @Override
    public String name() {
        return "fall";
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
        if (report.kind() == ReportKind.FALL) {
            memory.falls().forget(sighting.at(), span);
            fell(new Telling(sighting, report, say), memory.falls());
            return true;
        }
        if (report.kind() == ReportKind.FALL_CANCELLED) {
            memory.falls().forget(sighting.at(), span);
            cancelled(new Telling(sighting, report, say), memory.falls());
            return true;
        }
        return false;
    }

    private void fell(Telling telling, FallWatch falls) {
        Sighting sighting = telling.sighting;
        boolean countedDown = sighting.profiles()
                .device(sighting.entry().device())
                .map(DeviceProfile::countsDown)
                .orElse(false);
        Fall fall = Fall.of(sighting.device(), telling.report, window, countedDown);
        FallWatch.Outcome outcome = falls.fell(fall, window);
        String text = "Fall reported by " + AlarmWords.device(sighting) + " " + words.when(telling.report.time());
        if (countedDown) {
            telling.say("fall", Action.RAISE, Priority.P1, text + "; it asked its wearer and got no answer", null);
            return;
        }
        if (outcome == FallWatch.Outcome.ANOTHER_STANDS) {
            telling.say("fall", Action.NOTE, Priority.P3, text + "; its wearer had cancelled it already", null);
            return;
        }
        telling.say("fall", Action.SUSPECT, Priority.P3, text, fall.confirmBy());
        if (outcome == FallWatch.Outcome.ENDED) {
            telling.say("fall-cancelled", Action.CANCEL, Priority.P3, "Its wearer had cancelled it already", null);
        }
    }

    private void cancelled(Telling telling, FallWatch falls) {
        Sighting sighting = telling.sighting;
        Cancel cancel = Cancel.of(sighting.device(), telling.report);
        String text = "Cancelled on " + AlarmWords.device(sighting) + " " + words.when(telling.report.time());
        switch (falls.cancelled(cancel, window)) {
            case ENDED -> telling.say("fall-cancelled", Action.CANCEL, Priority.P3, text, null);
            case NOTHING ->
                telling.say("fall-cancelled", Action.NOTE, Priority.P3, text + "; it ends no fall that waits", null);
            case ANOTHER_STANDS ->
                telling.say("fall-cancelled", Action.NOTE, Priority.P3, text + "; another fall stands", null);
            case CONFIRMED ->
                telling.say("fall-cancelled", Action.NOTE, Priority.P3, text + "; the fall was confirmed before", null);
        }
    }

    /** One entry on its way to becoming signals. */
    private record Telling(Sighting sighting, DeviceReport report, Consumer<AlertSignal> listener) {
        void say(String part, Action action, Priority priority, String text, @Nullable Instant confirmBy) {
            listener.accept(new AlertSignal(
                    sighting.signalId(part),
                    action,
                    sighting.entry().subject(),
                    IncidentKind.FALL,
                    priority,
                    report.time(),
                    sighting.device(),
                    text,
                    confirmBy,
                    action == Action.RAISE || action == Action.SUSPECT
                            ? AlarmWords.circumstances(sighting, report)
                            : ""));
        }
    }
}
