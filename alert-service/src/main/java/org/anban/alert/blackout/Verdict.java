package org.anban.alert.blackout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/** What a moment has brought: what is to be said, which outages changed, and whose devices are judged singly again. */
public final class Verdict {
    private final long batch;
    private final Instant now;
    private final List<AlertSignal> said = new ArrayList<>();
    private final Set<Blackout> changed = new LinkedHashSet<>();
    private final Set<SubjectId> released = new LinkedHashSet<>();

    Verdict(long batch, Instant now) {
        this.batch = batch;
        this.now = now;
    }

    public List<AlertSignal> said() {
        return said;
    }

    public Set<Blackout> changed() {
        return changed;
    }

    /** Subjects whose memory has changed. */
    public Set<SubjectId> released() {
        return released;
    }

    String id(SubjectId group) {
        return "T-" + batch + ":outage:" + group;
    }

    void changed(Blackout blackout) {
        changed.add(blackout);
    }

    /** Said before what it withdraws, so that a story can name it. */
    void begins(Blackout blackout, int alive, Duration within) {
        String text = "%d of %d devices %s fell silent within %d min; they speak for %d subjects"
                .formatted(
                        blackout.members().size(),
                        alive,
                        words(blackout.group()),
                        within.toMinutes(),
                        subjects(blackout));
        said.add(0, about(blackout, blackout.id(), Action.RAISE, text));
    }

    /** Said as often as it happens, each time with another id that begins with the outage's own. */
    void grows(Blackout blackout) {
        changed.add(blackout);
        String text = "the outage has spread: %d devices %s are silent by now; they speak for %d subjects"
                .formatted(blackout.silent(), words(blackout.group()), subjects(blackout));
        said.add(about(blackout, blackout.id() + ":grown:" + batch, Action.RAISE, text));
    }

    private static long subjects(Blackout blackout) {
        return blackout.members().stream()
                .filter(Member::isSilent)
                .map(Member::subject)
                .distinct()
                .count();
    }

    /** Silences that were told singly are part of this one. */
    void joined(Blackout blackout, Collection<SubjectId> told) {
        for (SubjectId subject : told) {
            said.add(signal(
                    "T-" + batch + ":withdraw:" + subject + ":"
                            + blackout.group().kind(),
                    Action.WITHDRAW,
                    subject,
                    IncidentKind.DEVICE_SILENT,
                    Priority.P4,
                    "part of an outage of the devices " + words(blackout.group())));
        }
    }

    void ends(Blackout blackout, List<SubjectId> stillSilent) {
        changed.add(blackout);
        released.addAll(stillSilent);
        int back = (int)
                blackout.members().stream().filter(member -> !member.isSilent()).count();
        String text = "%d of %d devices %s have been heard again; %d are still silent and are now followed one by one"
                .formatted(back, blackout.members().size(), words(blackout.group()), blackout.silent());
        said.add(about(blackout, blackout.id() + ":end", Action.NOTE, text));
    }

    private AlertSignal about(Blackout blackout, String id, Action action, String text) {
        SubjectId group = blackout.group();
        return signal(id, action, group, Blackout.kind(group), Blackout.priority(group), text);
    }

    private AlertSignal signal(
            String id, Action action, SubjectId subject, IncidentKind kind, Priority priority, String text) {
        @Nullable String nobody = null;
        return new AlertSignal(id, action, subject, kind, priority, EventTime.received(now), nobody, text, null, "");
    }

    private static String words(SubjectId group) {
        return switch (group.kind()) {
            case AREA -> "in " + group.key();
            case MODEL -> "of the model " + group.key();
            case CARRIER -> "on the network " + group.key();
            case RELAY -> "behind the relay " + group.key();
            default -> "of the whole district";
        };
    }
}
