package org.anban.alert.rule;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.anban.alert.memory.Condition;
import org.anban.alert.memory.DeviceTrack;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;

/**
 * Keeps what a device says of itself (charge, worn or not), and notices a device that still speaks but has stopped to
 * measure what it measured all the time: the heart rate of a watch that is worn, whether a bed pad's bed is taken. That
 * is a maintenance order (P4), not a silent resident. A watch that was taken off is silent in nothing. That two devices
 * use one id is another.
 */
final class ConditionRule implements Rule {
    private final RuleConfig config;
    private final AlarmWords words;

    ConditionRule(RuleConfig config) {
        this.config = config;
        this.words = new AlarmWords(config.zone());
    }

    @Override
    public String name() {
        return "signal_silent";
    }

    @Override
    public Lane lane() {
        return Lane.TELEMETRY;
    }

    @Override
    public boolean judge(Sighting sighting, SubjectMemory memory, Consumer<AlertSignal> say) {
        SubjectId subject = sighting.entry().subject();
        if (subject.kind() == SubjectId.Kind.UNBOUND) {
            return false;
        }
        if (!sighting.isSignOfLife()) {
            toldByOthers(sighting, say);
            return false;
        }
        DeviceTrack track = memory.device(sighting.device());
        if (sighting.entry().event() instanceof Readings readings) {
            measured(sighting, readings, track, say);
        } else if (sighting.entry().event() instanceof DeviceReport report) {
            reported(sighting, report, track.condition());
        }
        return false;
    }

    private void measured(Sighting sighting, Readings readings, DeviceTrack track, Consumer<AlertSignal> say) {
        Condition condition = track.condition();
        long at = sighting.at().toEpochMilli();
        double battery = readings.values().get(Signal.BATTERY);
        if (!Double.isNaN(battery)) {
            condition.battery(battery);
        }
        double worn = readings.values().get(Signal.WORN);
        if (!Double.isNaN(worn)) {
            condition.worn(worn > 0, at);
        }
        for (int i = 0; i < Condition.STEADY.size(); i++) {
            if (readings.values().has(Condition.STEADY.get(i)) && condition.measured(i, at, track.nextWithin())) {
                String text = AlarmWords.device(sighting) + " measures " + name(i)
                        + " again; it had stopped, and still spoke";
                String id =
                        sighting.signalId(name() + "_" + Condition.STEADY.get(i).wireName());
                say.accept(signal(id, Action.NOTE, sighting.entry().subject(), track.device(), sighting.at(), text));
            }
        }
    }

    private static void toldByOthers(Sighting sighting, Consumer<AlertSignal> say) {
        if (sighting.entry().event() instanceof DeviceReport report && report.kind() == ReportKind.CLONED) {
            String text = AlarmWords.device(sighting) + ": two devices answer to this id; find out who has its key";
            String id = sighting.signalId("device_cloned");
            SubjectId subject = sighting.entry().subject();
            say.accept(signal(id, Action.RAISE, subject, sighting.device(), sighting.at(), text)
                    .about(IncidentKind.DEVICE_CLONED));
        }
    }

    private static void reported(Sighting sighting, DeviceReport report, Condition condition) {
        switch (report.kind()) {
            case WORN -> condition.worn(true, sighting.at().toEpochMilli());
            case TAKEN_OFF -> condition.worn(false, sighting.at().toEpochMilli());
            case LOW_BATTERY -> condition.lowBattery();
            default -> {}
        }
    }

    @Override
    public boolean judge(Moment moment, SubjectId subject, SubjectMemory memory, Consumer<AlertSignal> say) {
        boolean changed = false;
        for (DeviceTrack track : memory.devices()) {
            for (int i = 0; track.wasHeard() && i < Condition.STEADY.size(); i++) {
                changed |= track.condition().settled(i)
                        && !track.condition().silent(i)
                        && judge(moment, subject, track, i, say);
            }
        }
        return changed;
    }

    private boolean judge(Moment moment, SubjectId subject, DeviceTrack track, int signal, Consumer<AlertSignal> say) {
        Condition condition = track.condition();
        long now = moment.now().toEpochMilli();
        long listening = moment.listeningSince().toEpochMilli();
        long since = Math.max(condition.measuredAt(signal), listening);
        boolean ofWearer = Condition.STEADY.get(signal) == Signal.HEART_RATE;
        if (ofWearer) {
            since = Math.max(since, condition.wornSince());
        }
        if (now - since < config.leastSignalSilence().toMillis() || ofWearer && !condition.saidWorn()) {
            return false;
        }
        Optional<DeviceProfile> device = moment.profiles().device(new DeviceId(track.device()));
        long interval = Promise.interval(track, device, config);
        long expected = Math.max(interval, condition.within(signal));
        boolean speaks = now - Math.max(track.quietFrom(), listening) < Promise.broken(interval);
        if (!speaks
                || now - since < expected * config.signalIntervals()
                || device.isPresent() && !device.get().subjectAt(moment.now()).equals(subject)
                || moment.profiles().subjectNow(subject).status() != SubjectStatus.HOME) {
            return false;
        }
        condition.signalled(signal);
        String text = "%s %s still speaks, but has not measured %s since %s; %s"
                .formatted(
                        device.map(DeviceProfile::kind).orElse("device"),
                        track.device(),
                        name(signal),
                        words.time(Instant.ofEpochMilli(condition.measuredAt(signal))),
                        why(condition, ofWearer));
        String id = "T-signal-" + track.device() + "-"
                + Condition.STEADY.get(signal).wireName() + "-" + condition.measuredAt(signal);
        say.accept(signal(id, Action.RAISE, subject, track.device(), moment.now(), text));
        return true;
    }

    private static String why(Condition condition, boolean ofWearer) {
        if (condition.batteryFlat()) {
            return "its battery is nearly flat";
        }
        return ofWearer ? "it may sit loosely, or not be worn" : "its sensor may have come loose";
    }

    private static String name(int signal) {
        return Condition.STEADY.get(signal) == Signal.HEART_RATE ? "heart rate" : "whether the bed is taken";
    }

    private static AlertSignal signal(
            String id, Action action, SubjectId subject, String device, Instant now, String text) {
        return new AlertSignal(
                id,
                action,
                subject,
                IncidentKind.SIGNAL_SILENT,
                Priority.P4,
                EventTime.received(now),
                device,
                text,
                null,
                "");
    }
}
