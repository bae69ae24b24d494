package org.anban.alert.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.anban.alert.memory.Condition;
import org.anban.alert.memory.DeviceTrack;
import org.anban.alert.memory.DeviceTrack.Silence;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.Readings;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;

/**
 * A device that has sent nothing for three times the interval it promised (SenML {@code ut}) or its model is known
 * for: P4, and P3 once a day has passed (domain notes 6.5, OFFLINE). It is judged on the log's clock, and only for the
 * time in which we listened. Nobody's silence counts while its subject is recorded as anywhere but at home, and a
 * device in the drawer may be silent.
 */
final class SilenceRule implements Rule {
    private static final Duration LONGEST_PROMISE = Duration.ofHours(24);

    private final RuleConfig config;
    private final AlarmWords words;

    SilenceRule(RuleConfig config) {
        this.config = config;
        this.words = new AlarmWords(config.zone());
    }

    @Override
    public String name() {
        return "device_silent";
    }

    @Override
    public Lane lane() {
        return Lane.TELEMETRY;
    }

    @Override
    public boolean judge(Sighting sighting, SubjectMemory memory, Consumer<AlertSignal> say) {
        SubjectId subject = sighting.entry().subject();
        if (subject.kind() == SubjectId.Kind.UNBOUND || !sighting.isSignOfLife()) {
            return false;
        }
        DeviceTrack track = memory.device(sighting.device());
        if (track.silence() != Silence.NONE) {
            say.accept(heardAgain(sighting.signalId(name()), subject, track, sighting.at()));
        }
        track.heard(sighting.at().toEpochMilli(), promise(sighting));
        return false;
    }

    private static long promise(Sighting sighting) {
        if (sighting.entry().event() instanceof Readings readings) {
            Duration within = readings.nextWithin();
            if (within != null) {
                return Math.max(1, Math.min(within.toMillis(), LONGEST_PROMISE.toMillis()));
            }
        }
        return 0;
    }

    @Override
    public boolean judge(Moment moment, SubjectId subject, SubjectMemory memory, Consumer<AlertSignal> say) {
        boolean changed = false;
        long now = moment.now().toEpochMilli();
        long listening = moment.listeningSince().toEpochMilli();
        for (int i = memory.devices().size() - 1; i >= 0; i--) {
            DeviceTrack track = memory.devices().get(i);
            long quiet = now - Math.max(track.quietFrom(), listening);
            if (!track.wasHeard()
                    || track.silence() == Silence.LONG_SILENT
                    || quiet < config.leastSilence().toMillis()) {
                continue;
            }
            long interval = Promise.interval(track, moment.profiles().device(new DeviceId(track.device())), config);
            Silence reached = reached(quiet, interval);
            if (reached.ordinal() > track.silence().ordinal() && !heldBack(moment, track, reached)) {
                silent(new Quiet(moment, subject, track, interval), reached, memory, say);
                changed = true;
            }
        }
        return changed;
    }

    @Override
    public void heardElsewhere(SignOfLife sign, SubjectMemory memory, Consumer<AlertSignal> say) {
        if (sign.subject().kind() == SubjectId.Kind.UNBOUND) {
            return;
        }
        DeviceTrack track = memory.device(sign.device());
        long at = sign.at().toEpochMilli();
        if (at > track.heardAt()) {
            if (track.silence() != Silence.NONE) {
                say.accept(heardAgain("A-heard-" + sign.device() + "-" + at, sign.subject(), track, sign.at()));
            }
            track.heard(at, track.nextWithin());
        }
    }

    /** A day's silence stands by itself whatever it is part of, so that nobody is forgotten. */
    private static boolean heldBack(Moment moment, DeviceTrack track, Silence reached) {
        return reached == Silence.SILENT
                && (track.flaps().resting(moment.now().toEpochMilli())
                        || moment.held().holds(track.device()));
    }

    private static AlertSignal heardAgain(String id, SubjectId subject, DeviceTrack track, Instant now) {
        String text = "Device " + track.device() + " has been heard again after "
                + length(now.toEpochMilli() - track.heardAt());
        return signal(id, Action.NOTE, subject, Priority.P4, track.device(), now, text);
    }

    private void silent(Quiet quiet, Silence reached, SubjectMemory memory, Consumer<AlertSignal> say) {
        DeviceTrack track = quiet.track;
        Instant now = quiet.moment.now();
        Optional<DeviceProfile> device = quiet.device();
        if (device.isPresent() && !device.get().subjectAt(now).equals(quiet.subject)) {
            memory.devices().remove(track);
            return;
        }
        if (quiet.moment.profiles().subjectNow(quiet.subject).status() != SubjectStatus.HOME) {
            track.excused(now.toEpochMilli());
            return;
        }
        track.signalled(reached);
        boolean flaps = reached == Silence.SILENT
                && track.flaps()
                        .add(
                                now.toEpochMilli(),
                                config.flaps(),
                                config.flapSpan().toMillis());
        if (flaps) {
            comesAndGoes(quiet, memory, say);
        } else {
            say.accept(hasFallenSilent(quiet, reached == Silence.LONG_SILENT ? Priority.P3 : Priority.P4));
        }
    }

    private AlertSignal hasFallenSilent(Quiet quiet, Priority priority) {
        DeviceTrack track = quiet.track;
        String text = "%s %s has sent nothing since %s; it is expected to at least every %s%s"
                .formatted(
                        quiet.kind(),
                        track.device(),
                        words.time(Instant.ofEpochMilli(track.heardAt())),
                        length(quiet.interval),
                        lastSaid(track.condition()));
        String again = track.released() == 0 ? "" : ":" + track.released();
        String id = "T-silent-" + track.device() + "-" + track.heardAt() + ":" + priority + again;
        return signal(id, Action.RAISE, quiet.subject, priority, track.device(), quiet.moment.now(), text);
    }

    /** Once for all of its silences, and for a while no more of them. */
    private void comesAndGoes(Quiet quiet, SubjectMemory memory, Consumer<AlertSignal> say) {
        DeviceTrack track = quiet.track;
        Instant now = quiet.moment.now();
        track.flaps().rest(now.plus(config.flapRest()).toEpochMilli());
        String text = "%s %s comes and goes: silent for the %d. time within %s; its silences are not told for %s%s"
                .formatted(
                        quiet.kind(),
                        track.device(),
                        config.flaps(),
                        length(config.flapSpan().toMillis()),
                        length(config.flapRest().toMillis()),
                        lastSaid(track.condition()));
        String id = "T-flapping-" + track.device() + "-" + track.heardAt();
        AlertSignal said = signal(id, Action.RAISE, quiet.subject, Priority.P4, track.device(), now, text);
        say.accept(said.about(IncidentKind.DEVICE_FLAPPING));
        boolean alone = memory.devices().stream().allMatch(other -> other == track || other.silence() == Silence.NONE);
        if (alone) {
            say.accept(
                    signal(id + ":withdraw", Action.WITHDRAW, quiet.subject, Priority.P4, track.device(), now, text));
        }
        track.release();
    }

    /** What it said of itself that may explain its silence; empty if nothing does. */
    private static String lastSaid(Condition condition) {
        return (condition.batteryFlat() ? "; its battery was nearly flat" : "")
                + (condition.saidTakenOff() ? "; it was not worn" : "");
    }

    private static AlertSignal signal(
            String id, Action action, SubjectId subject, Priority priority, String device, Instant now, String text) {
        return new AlertSignal(
                id,
                action,
                subject,
                IncidentKind.DEVICE_SILENT,
                priority,
                EventTime.received(now),
                device,
                text,
                null,
                "");
    }

    private Silence reached(long quiet, long interval) {
        long silent = Math.max(
                interval * config.silentIntervals(), config.leastSilence().toMillis());
        if (quiet < silent) {
            return Silence.NONE;
        }
        return quiet >= config.longSilence().toMillis() ? Silence.LONG_SILENT : Silence.SILENT;
    }

    private static String length(long millis) {
        long seconds = millis / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private record Quiet(Moment moment, SubjectId subject, DeviceTrack track, long interval) {
        Optional<DeviceProfile> device() {
            return moment.profiles().device(new DeviceId(track.device()));
        }

        String kind() {
            return device().map(DeviceProfile::kind).orElse("device");
        }
    }
}
