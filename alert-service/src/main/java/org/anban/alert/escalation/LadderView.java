package org.anban.alert.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.anban.alert.deadline.Deadline;
import org.anban.alert.deadline.DeadlineKind;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.notice.Notice;
import org.anban.alert.notice.NoticeState;
import org.anban.alert.story.StoryEntry;
import org.anban.alert.story.StoryKind;
import org.jspecify.annotations.Nullable;

/** A ladder as people see it: what was done of its newest run, and what would come. */
public final class LadderView {
    private LadderView() {}

    /**
     * One line.
     *
     * @param at when it was or will be done; null if it is held
     * @param state {@code sent}, {@code failed}, {@code skipped}, {@code due} or {@code held}
     */
    public record Line(String step, @Nullable Instant at, String state, String text) {}

    public static List<Line> of(
            EscalationPolicy policy,
            Incident incident,
            List<StoryEntry> story,
            List<Notice> notices,
            List<Deadline> deadlines) {
        List<Line> lines = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        int newest = story.stream()
                .filter(entry -> entry.kind() == StoryKind.STEP)
                .mapToInt(entry -> entry.data().getInteger("run"))
                .max()
                .orElse(-1);
        for (StoryEntry entry : story) {
            if (entry.kind() == StoryKind.STEP && entry.data().getInteger("run") == newest) {
                done.add(entry.data().getString("step"));
                lines.add(done(entry, notices));
            }
        }
        Ladder ladder =
                policy.ladder(incident.priority(), incident.standing().marks().delayed());
        if (incident.state() == IncidentState.TAKEN) {
            held(ladder, done, lines);
        } else {
            deadlines.stream()
                    .filter(deadline -> deadline.kind() == DeadlineKind.STEP && deadline.step() >= 0)
                    .findFirst()
                    .ifPresent(next -> due(ladder, next, lines));
        }
        return lines;
    }

    /** A step that told somebody has failed if none of its notices could be sent. */
    private static Line done(StoryEntry entry, List<Notice> notices) {
        String step = entry.data().getString("step");
        String state = entry.data().getString("state");
        String purpose = Notice.Matter.ofLadder(entry.data().getInteger("run"), step);
        List<Notice> its = notices.stream()
                .filter(notice -> notice.matter().purpose().equals(purpose)
                        && notice.progress().createdAt().equals(entry.at()))
                .toList();
        long failed = its.stream()
                .filter(notice -> notice.progress().state() == NoticeState.FAILED)
                .count();
        return new Line(
                step,
                entry.at(),
                state.equals("sent") && failed > 0 && failed == its.size() ? "failed" : state,
                entry.text() + (failed > 0 ? "; " + failed + " failed" : ""));
    }

    private static void held(Ladder ladder, Set<String> done, List<Line> lines) {
        for (LadderStep step : ladder.steps()) {
            if (!done.contains(step.name())) {
                lines.add(new Line(step.name(), null, "held", "held while a person has taken it"));
            }
        }
    }

    private static void due(Ladder ladder, Deadline next, List<Line> lines) {
        Instant at = next.dueAt();
        for (int position = next.step(); position <= ladder.steps().size(); position++) {
            lines.add(new Line(ladder.step(position).name(), at, "due", ""));
            at = at.plus(ladder.gapAfter(position));
        }
    }
}
