package org.anban.alert.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
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
            if (track.silence() == Silence.LONG_SILENT
                    || quiet < config.leastSilence().toMillis()) {
                continue;
            }
            long interval = interval(track, moment.profiles());
            Silence reached = reached(quiet, interval);
            if (reached.ordinal() > track.silence().ordinal()) {
                silent(new Quiet(moment, subject, track, quiet, interval), reached, memory, say);
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

    private static AlertSignal heardAgain(String id, SubjectId subject, DeviceTrack track, Instant now) {
        String text = "Device " + track.device() + " has been heard again after "
                + length(now.toEpochMilli() - track.heardAt());
        return signal(id, Action.NOTE, subject, Priority.P4, track.device(), now, text);
    }

    private void silent(Quiet quiet, Silence reached, SubjectMemory memory, Consumer<AlertSignal> say) {
        DeviceTrack track = quiet.track;
        Instant now = quiet.moment.now();
        Optional<DeviceProfile> device = quiet.moment.profiles().device(new DeviceId(track.device()));
        if (device.isPresent() && !device.get().subjectAt(now).equals(quiet.subject)) {
            memory.devices().remove(track);
            return;
        }
        if (quiet.moment.profiles().subjectNow(quiet.subject).status() != SubjectStatus.HOME) {
            track.excused(now.toEpochMilli());
            return;
        }
        track.signalled(reached);
        Priority priority = reached == Silence.LONG_SILENT ? Priority.P3 : Priority.P4;
        String text = "%s %s has sent nothing since %s; it is expected to at least every %s"
                .formatted(
                        device.map(DeviceProfile::kind).orElse("device"),
                        track.device(),
                        words.time(Instant.ofEpochMilli(track.heardAt())),
                        length(quiet.interval));
        String id = "T-silent-" + track.device() + "-" + track.heardAt() + ":" + priority;
        say.accept(signal(id, Action.RAISE, quiet.subject, priority, track.device(), now, text));
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

    private long interval(DeviceTrack track, Profiles profiles) {
        if (track.nextWithin() > 0) {
            return track.nextWithin();
        }
        return profiles.device(new DeviceId(track.device()))
                .map(DeviceProfile::reportInterval)
                .orElse(config.usualInterval())
                .toMillis();
    }

    private static String length(long millis) {
        long seconds = millis / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private record Quiet(Moment moment, SubjectId subject, DeviceTrack track, long quiet, long interval) {}
}
