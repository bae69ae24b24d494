package org.anban.alert.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anban.alert.blackout.Blackout;
import org.anban.alert.blackout.Blackouts;
import org.anban.alert.blackout.Census;
import org.anban.alert.blackout.Member;
import org.anban.alert.blackout.Verdict;
import org.anban.alert.memory.DeviceTrack;
import org.anban.alert.memory.Heard;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.rule.Profiles;
import org.anban.alert.rule.Rule;
import org.anban.alert.rule.Rule.SignOfLife;
import org.anban.alert.rule.RulePack;
import org.anban.alert.rule.Sighting;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.subject.SubjectId;
import org.anban.log.LogBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates a lane, batch by batch, in memory: what the rules remember, how far they have come, and what came of it
 * that is not durable yet. Belongs to the lane's loop.
 */
public final class LaneWork {
    private static final Logger log = LoggerFactory.getLogger(LaneWork.class);
    private static final long MOMENT_EVERY_MILLIS = 5_000;

    private static final SubjectId EVERYBODY = new SubjectId(SubjectId.Kind.INTAKE, "all");

    private final Lane lane;
    private final List<Rule> rules;
    private final Duration outageStep;
    private final Profiles profiles;
    private final Map<SubjectId, Dossier> dossiers = new HashMap<>();
    private final Absentees absentees;
    private final Blackouts blackouts;
    private final Effects effects = new Effects();
    private Progress progress;
    private long nextMoment;

    public LaneWork(Lane lane, RulePack pack, Profiles profiles, Progress progress, Unfinished unfinished) {
        this.lane = lane;
        this.rules = pack.of(lane);
        this.outageStep = pack.config().outageStep();
        this.profiles = profiles;
        this.progress = progress;
        this.absentees = new Absentees(unfinished.unheard());
        this.blackouts = new Blackouts(pack.config(), unfinished.blackouts());
        Instant clock = progress.clock();
        this.nextMoment = clock == null ? 0 : momentAfter(clock.toEpochMilli());
    }

    /**
     * What has begun and not ended.
     *
     * @param unheard who has not been heard since an outage of ours
     * @param blackouts outages of many that last
     */
    public record Unfinished(Collection<SubjectId> unheard, Collection<Blackout> blackouts) {
        public static final Unfinished NOTHING = new Unfinished(List.of(), List.of());
    }

    public void remember(SubjectId subject, SubjectMemory memory) {
        dossiers.put(subject, new Dossier(subject, memory));
    }

    /** Whoever is a silent member of an outage and has been forgotten is known to have been silent since then. */
    public void rememberMembers() {
        for (Blackout blackout : blackouts.open()) {
            for (Member member : blackout.members()) {
                if (!member.isSilent()) {
                    continue;
                }
                DeviceTrack track = dossier(member.subject()).memory().device(member.device());
                if (!track.wasHeard()) {
                    long since = member.silentSince().toEpochMilli();
                    track.restore(new Heard(member.device(), since, since, 0, DeviceTrack.Silence.NONE, 0, false));
                }
            }
        }
    }

    public Collection<Dossier> dossiers() {
        return dossiers.values();
    }

    /** Outages of many that last. */
    public Collection<Blackout> blackouts() {
        return blackouts.open();
    }

    public Progress progress() {
        return progress;
    }

    public Effects effects() {
        return effects;
    }

    /** Whether the passing of time is to be judged at this instant of the log's clock. */
    public boolean momentDue(Instant at) {
        return lane == Lane.TELEMETRY && at.toEpochMilli() >= nextMoment;
    }

    /** Takes signs of life that reached us in the other lane. */
    public void heardElsewhere(long batch, List<SignOfLife> signs) {
        for (SignOfLife sign : signs) {
            Dossier dossier = dossier(sign.subject());
            for (Rule rule : rules) {
                rule.heardElsewhere(sign, dossier.memory(), speaker(batch, -1));
            }
            effects.change(dossier);
            absentees.heard(sign, effects);
        }
    }

    /** Takes the outages of many whose incident people have ended. */
    public void closed(Collection<String> outages) {
        blackouts.closed(outages);
    }

    /** Evaluates the next batch: its entries, then the passing of time if that is due. */
    public void evaluate(LogBatch batch) {
        Instant before = progress.clock();
        Instant listening = progress.listeningSince();
        if (before != null && Duration.between(before, batch.at()).compareTo(outageStep) > 0) {
            listening = batch.at();
            if (lane == Lane.TELEMETRY) {
                absentees.outage(batch.number(), before, batch.at(), dossiers.values(), effects);
            }
        }
        progress = new Progress(batch.number(), batch.at(), listening);
        List<LogEntry> entries = batch.entries();
        for (int place = 0; place < entries.size(); place++) {
            evaluate(new Sighting(lane, batch.number(), place, batch.at(), entries.get(place), profiles));
        }
        if (momentDue(batch.at())) {
            nextMoment = momentAfter(batch.at().toEpochMilli());
            judgeMoment(batch, listening);
        }
    }

    /**
     * Steps over batches that cannot be read, or are no longer there. Somebody must know: in the alarm lane they may
     * have held alarms.
     */
    public void stepOver(long to, String why) {
        Instant clock = progress.clock();
        Instant at = clock == null ? Instant.EPOCH : clock;
        log.error("batches {} to {} of the lane {} are not evaluated: {}", progress.batch() + 1, to, lane, why);
        effects.setAside(NotEvaluated.record(lane, progress.batch() + 1, at, why));
        if (lane == Lane.ALARM) {
            effects.say(to, -1, NotEvaluated.alarm(progress.batch() + 1, to, at));
        }
        progress = new Progress(to, clock, progress.listeningSince());
    }

    private void evaluate(Sighting sighting) {
        Dossier dossier = dossier(sighting.entry().subject());
        effects.change(dossier);
        if (sighting.isSignOfLife() && (lane == Lane.ALARM || absentees.isAwaited(dossier.subject()))) {
            heard(sighting);
        }
        Consumer<AlertSignal> speaker = speaker(sighting.batch(), sighting.index());
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            try {
                if (rule.judge(sighting, dossier.memory(), speaker)) {
                    return;
                }
            } catch (RuntimeException e) {
                setAside(sighting, rule.name(), e);
            }
        }
    }

    private void heard(Sighting sighting) {
        SignOfLife sign = new SignOfLife(
                sighting.entry().device().value(), sighting.entry().subject(), sighting.at());
        if (lane == Lane.ALARM) {
            effects.heard(sign);
        } else {
            absentees.heard(sign, effects);
        }
    }

    private void setAside(Sighting sighting, String rule, RuntimeException failure) {
        log.error(
                "rule {} failed on entry {} of batch {} of {}",
                rule,
                sighting.index(),
                sighting.batch(),
                lane,
                failure);
        effects.setAside(NotEvaluated.record(sighting, rule, failure));
        if (lane == Lane.ALARM) {
            effects.say(sighting.batch(), sighting.index(), NotEvaluated.alarm(sighting, rule));
        }
    }

    private void judgeMoment(LogBatch batch, Instant listening) {
        Rule.Moment moment = new Rule.Moment(batch.at(), listening, profiles, blackouts::holds);
        judgeTogether(batch, moment);
        Consumer<AlertSignal> speaker = speaker(batch.number(), -1);
        for (Dossier dossier : dossiers.values()) {
            for (Rule rule : rules) {
                try {
                    if (rule.judge(moment, dossier.subject(), dossier.memory(), speaker)) {
                        effects.change(dossier);
                    }
                } catch (RuntimeException e) {
                    log.error("rule {} failed at {}", rule.name(), batch.at(), e);
                    effects.setAside(NotEvaluated.record(batch, dossier.subject(), rule.name(), e));
                }
            }
        }
    }

    /** Before each is judged by itself: what many have in common. */
    private void judgeTogether(LogBatch batch, Rule.Moment moment) {
        try {
            Census census = blackouts.census(moment);
            dossiers.values().forEach(dossier -> census.count(dossier.subject(), dossier.memory()));
            Verdict verdict = blackouts.judge(census, batch.number());
            Consumer<AlertSignal> speaker = speaker(batch.number(), -1);
            verdict.said().forEach(speaker);
            verdict.released().forEach(subject -> effects.change(dossier(subject)));
            effects.blackouts(verdict.changed());
        } catch (RuntimeException e) {
            log.error("the silence of many could not be judged at {}", batch.at(), e);
            effects.setAside(NotEvaluated.record(batch, EVERYBODY, "outage", e));
        }
    }

    private Dossier dossier(SubjectId subject) {
        Dossier dossier = dossiers.get(subject);
        if (dossier == null) {
            dossier = new Dossier(subject, new SubjectMemory());
            dossiers.put(subject, dossier);
        }
        return dossier;
    }

    private Consumer<AlertSignal> speaker(long batch, int place) {
        return signal -> effects.say(batch, place, signal);
    }

    private static long momentAfter(long millis) {
        return (millis / MOMENT_EVERY_MILLIS + 1) * MOMENT_EVERY_MILLIS;
    }
}
