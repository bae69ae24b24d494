package org.anban.alert.escalation;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anban.alert.deadline.Deadline;
import org.anban.alert.deadline.DeadlineKind;
import org.anban.alert.deadline.DeadlineStore;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.Records;
import org.anban.alert.notice.Channel;
import org.anban.alert.notice.Notice;
import org.anban.alert.notice.Recipient;
import org.anban.alert.story.StoryEntry;
import org.anban.alert.story.StoryKind;
import org.jdbi.v3.core.Handle;

/** Takes one step of a ladder: rings whom it can reach, records whom it cannot, and makes the next step due. */
final class LadderClimber {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final Records records;
    private final DeadlineStore deadlines;
    private final Reaching reaching;
    private final EscalationPolicy policy;
    private final MeterRegistry meters;

    LadderClimber(
            Records records,
            DeadlineStore deadlines,
            Reaching reaching,
            EscalationPolicy policy,
            MeterRegistry meters) {
        this.records = records;
        this.deadlines = deadlines;
        this.reaching = reaching;
        this.policy = policy;
        this.meters = meters;
    }

    void climb(Handle tx, Incident incident, Deadline due, Instant now) {
        Ladder ladder =
                policy.ladder(incident.priority(), incident.standing().marks().delayed());
        if (ladder.isEmpty()) {
            return;
        }
        if (due.step() < 0) {
            askAgain(tx, incident, ladder, due.step(), now);
            return;
        }
        int position = Math.min(due.step(), ladder.steps().size());
        LadderStep step = ladder.step(position);
        List<Recipient> failed = reaching.failed(ofThisRun(tx, incident).toList(), incident);
        if (step.afterLook() && !incident.standing().marks().looked()) {
            ring(tx, incident, waiting(step), failed, now);
            next(tx, incident, position, now.plus(policy.lookAgain()));
            return;
        }
        Rung rung = ring(tx, incident, step, failed, now);
        if (position >= ladder.steps().size()) {
            next(tx, incident, position, now.plus(ladder.repeat().after()));
            return;
        }
        if (rung.silent()) {
            next(tx, incident, -1 - position, now.plus(ASK_AGAIN));
        }
        Instant then = rung.told() > 0
                ? due.dueAt().plus(ladder.gapAfter(position))
                : afterSkipped(ladder, position, due, now);
        next(tx, incident, position + 1, then);
    }

    /** The register did not answer when a step was taken: the ladder went on, and this makes up for it. */
    private void askAgain(Handle tx, Incident incident, Ladder ladder, int coded, Instant now) {
        Rung rung = ring(tx, incident, ladder.step(-1 - coded).askedAgain(), List.of(), now);
        if (rung.silent()) {
            next(tx, incident, coded, now.plus(ASK_AGAIN));
        }
    }

    /**
     * What came of a step.
     *
     * @param silent the register did not answer
     */
    private record Rung(int told, boolean silent) {}

    /** A step that reached nobody is not waited for; but between repeats there is always a wait. */
    private static Instant afterSkipped(Ladder ladder, int position, Deadline due, Instant now) {
        boolean last = position + 1 >= ladder.steps().size();
        return last ? now.plus(ladder.repeat().after()) : due.dueAt();
    }

    private static LadderStep waiting(LadderStep step) {
        return new LadderStep(
                "look-before-" + step.name(), step.after(), List.of(Target.OPERATORS, Target.SUPERVISOR), true);
    }

    private void next(Handle tx, Incident incident, int position, Instant at) {
        deadlines.add(
                tx,
                new Deadline(
                        incident.id(),
                        DeadlineKind.STEP,
                        position,
                        incident.standing().run(),
                        incident.priority(),
                        at));
    }

    /** Rings everybody whom a step names and, whatever it names, those whose telephone failed before. */
    private Rung ring(Handle tx, Incident incident, LadderStep step, List<Recipient> failed, Instant now) {
        Set<String> rung = rungBefore(tx, incident);
        Set<String> phoned = new HashSet<>();
        List<String> remarks = new ArrayList<>();
        int told = 0;
        boolean silent = false;
        for (Target target : step.targets()) {
            for (Reach reach : reaching.of(tx, target, incident, rung, now)) {
                for (Recipient recipient : reach.recipients()) {
                    tell(tx, incident, step, reach.channel(), recipient, now);
                    told++;
                    phoned.add(reach.channel() + recipient.id());
                }
                if (!reach.isReachable()) {
                    remarks.add(reach.failure());
                }
                silent |= reach.silent();
            }
        }
        List<Recipient> again = failed.stream()
                .filter(recipient -> !phoned.contains(Channel.WEBHOOK + recipient.id()))
                .toList();
        again.forEach(recipient -> tell(tx, incident, step, Channel.WEBHOOK, recipient, now));
        if (!again.isEmpty()) {
            remarks.add("rang again " + again.size());
        }
        record(tx, incident, step, told, remarks, now);
        return new Rung(told, silent);
    }

    private Set<String> rungBefore(Handle tx, Incident incident) {
        return ofThisRun(tx, incident)
                .filter(notice -> notice.channel().equals(Channel.CONSOLE))
                .map(notice -> notice.recipient().id())
                .collect(Collectors.toSet());
    }

    private Stream<Notice> ofThisRun(Handle tx, Incident incident) {
        String run = Notice.Matter.ofLadder(incident.standing().run(), "");
        return records.notices().of(tx, incident.id()).stream()
                .filter(notice -> notice.matter().purpose().startsWith(run));
    }

    private void tell(Handle tx, Incident incident, LadderStep step, String channel, Recipient recipient, Instant now) {
        boolean console = channel.equals(Channel.CONSOLE);
        Notice.Matter matter = new Notice.Matter(
                Notice.Matter.ofLadder(incident.standing().run(), step.name()),
                incident.priority(),
                incident.kind(),
                incident.label().areaPath());
        String text = console ? Wording.forConsole(incident, step) : Wording.forPhone(incident);
        records.notices()
                .add(
                        tx,
                        Notice.ready(
                                UUID.randomUUID().toString(), incident.id(), channel, recipient, matter, text, now));
    }

    private void record(Handle tx, Incident incident, LadderStep step, int told, List<String> remarks, Instant now) {
        String state = told > 0 ? "sent" : "skipped";
        String reasons = String.join("; ", remarks);
        String text = told > 0 ? "rang " + told + (reasons.isEmpty() ? "" : "; " + reasons) : "skipped: " + reasons;
        JsonObject data = new JsonObject()
                .put("step", step.name())
                .put("state", state)
                .put("run", incident.standing().run());
        records.story()
                .add(tx, StoryEntry.byEngine(incident.id(), now, StoryKind.STEP, step.name() + ": " + text, data));
        meters.counter("anban.escalation.steps", "step", step.name(), "state", state)
                .increment();
    }
}
