package org.anban.alert.rule;

import java.util.function.Consumer;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.memory.VitalTrack;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;

/**
 * A vital sign out of the resident's own limits that persists: one signal for an episode and for each rise of its
 * band, none while it cools down. Each device is judged by itself, so that a good sensor does not hide a bad value of
 * another. A reading that comes late is neither the start of an episode nor the revival of one that is over.
 */
final class VitalRule implements Rule {
    private final Vital vital;
    private final RuleConfig config;
    private final long latest;
    private final AlarmWords words;

    VitalRule(Vital vital, RuleConfig config) {
        this.vital = vital;
        this.config = config;
        this.latest = config.latestReading().toMillis();
        this.words = new AlarmWords(config.zone());
    }

    @Override
    public String name() {
        return vital.ruleName();
    }

    @Override
    public Lane lane() {
        return Lane.TELEMETRY;
    }

    @Override
    public boolean judge(Sighting sighting, SubjectMemory memory, Consumer<AlertSignal> say) {
        if (!(sighting.entry().event() instanceof Readings readings)
                || !readings.values().has(vital.signal())
                || sighting.entry().subject().kind() == SubjectId.Kind.UNBOUND) {
            return false;
        }
        double value = readings.values().get(vital.signal());
        long received = readings.time().receivedAt().toEpochMilli();
        long at = Math.min(readings.time().at().toEpochMilli(), received);
        if (!vital.signal().plausible(value) || received - at > latest || unfit(readings)) {
            return false;
        }
        VitalTrack track = memory.device(sighting.device()).vital(vital.kind(), config.readingsKept());
        if (track.add(at, value)) {
            judge(sighting, readings, track, say);
        }
        return false;
    }

    private boolean unfit(Readings readings) {
        return readings.values().get(Signal.SIGNAL_QUALITY) < config.leastQuality()
                || readings.values().get(Signal.WORN) == 0;
    }

    private void judge(Sighting sighting, Readings readings, VitalTrack track, Consumer<AlertSignal> say) {
        SubjectProfile known = sighting.profiles().subject(sighting.entry().subject());
        int newest = track.size() - 1;
        int band = vital.band(track.value(newest), known.limits());
        if (band > track.level()) {
            int persisting = persisting(track, known.limits());
            if (persisting > track.level() && !track.resting(persisting, track.at(newest)) && on(sighting, known)) {
                raise(sighting, readings, track, say);
            }
        } else if (track.level() > Vital.WITHIN && isOver(track, known.limits())) {
            track.ended(track.at(newest) + config.coolDown().toMillis());
            say.accept(signal(sighting, readings, Action.NOTE, Vital.WATCH, "Within the resident's limits again"));
        }
    }

    /** Asks the register once more before it speaks: limits or status may just have changed. */
    private void raise(Sighting sighting, Readings readings, VitalTrack track, Consumer<AlertSignal> say) {
        SubjectProfile now = sighting.profiles().subjectNow(sighting.entry().subject());
        int band = persisting(track, now.limits());
        if (band <= track.level() || !on(sighting, now)) {
            return;
        }
        track.reached(band);
        int newest = track.size() - 1;
        String text = vital.words(track.value(newest), now.limits(), band) + ", " + words.when(readings.time())
                + ", measured by " + AlarmWords.device(sighting);
        say.accept(signal(sighting, readings, Action.RAISE, band, text));
    }

    private AlertSignal signal(Sighting sighting, Readings readings, Action action, int band, String text) {
        return new AlertSignal(
                sighting.signalId(name()),
                action,
                sighting.entry().subject(),
                vital.kind(),
                Vital.priority(band),
                readings.time(),
                sighting.device(),
                text,
                null,
                "");
    }

    /** The widest band that the newest readings have been out of for long enough. */
    private int persisting(VitalTrack track, VitalLimits limits) {
        for (int band = Vital.ALARM; band > Vital.WITHIN; band--) {
            int first = track.size();
            while (first > 0 && vital.band(track.value(first - 1), limits) >= band && inRow(track, first)) {
                first--;
            }
            int count = track.size() - first;
            if (count >= config.readingsInRow()
                    || count > 1
                            && track.at(track.size() - 1) - track.at(first)
                                    >= config.persistence().toMillis()) {
                return band;
            }
        }
        return Vital.WITHIN;
    }

    private boolean inRow(VitalTrack track, int next) {
        return next == track.size()
                || track.at(next) - track.at(next - 1) <= config.readingGap().toMillis();
    }

    private boolean isOver(VitalTrack track, VitalLimits limits) {
        for (int i = 0; i < config.readingsToEnd(); i++) {
            int index = track.size() - 1 - i;
            if (index < 0 || vital.band(track.value(index), limits) != Vital.WITHIN) {
                return false;
            }
        }
        return true;
    }

    /** In hospital others watch; a bed at home says nothing of somebody who is away. */
    private static boolean on(Sighting sighting, SubjectProfile profile) {
        SubjectStatus status = profile.status();
        if (status == SubjectStatus.AWAY) {
            return sighting.profiles()
                    .device(sighting.entry().device())
                    .map(device -> !device.kind().equals("bed"))
                    .orElse(true);
        }
        return status == SubjectStatus.HOME;
    }
}
