package org.anban.alert.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.anban.alert.blackout.Blackout;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.rule.Profiles;
import org.anban.alert.rule.RuleConfig;
import org.anban.alert.rule.RulePack;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.Lane;
import org.anban.log.LogBatch;

/** Evaluates batches of a lane as the detector does, and can be stopped and started again from what it saved. */
final class Replay {
    private final RulePack pack;
    private final Profiles profiles;
    private final Lane lane;
    private final List<AlertSignal> said = new ArrayList<>();
    private LaneWork work;

    Replay(Lane lane, Profiles profiles) {
        this(lane, profiles, RulePack.standard(RuleConfig.DEFAULT));
    }

    Replay(Lane lane, Profiles profiles, RulePack pack) {
        this.lane = lane;
        this.profiles = profiles;
        this.pack = pack;
        this.work = new LaneWork(lane, pack, profiles, Progress.START, LaneWork.Unfinished.NOTHING);
    }

    LaneWork work() {
        return work;
    }

    /** What this batch makes the rules say. */
    List<AlertSignal> play(LogBatch batch) {
        work.evaluate(batch);
        List<AlertSignal> now =
                work.effects().spoken().stream().map(Spoken::signal).toList();
        work.effects().stored();
        said.addAll(now);
        return now;
    }

    List<AlertSignal> playAll(List<LogBatch> batches) {
        batches.forEach(this::play);
        return said();
    }

    List<AlertSignal> said() {
        return List.copyOf(said);
    }

    private static List<Blackout> saved(Collection<Blackout> blackouts) {
        return blackouts.stream()
                .map(one -> {
                    Blackout copy = new Blackout(one.id(), one.group(), one.openedAt(), one.members());
                    copy.spread(one.spreadAt());
                    copy.told(one.toldAt());
                    copy.calm(one.calmSince());
                    return copy;
                })
                .toList();
    }

    /** As if the process had been killed after the last batch was stored. */
    void restart() {
        LaneWork next = new LaneWork(
                lane, pack, profiles, work.progress(), new LaneWork.Unfinished(List.of(), saved(work.blackouts())));
        for (Dossier dossier : work.dossiers()) {
            try {
                byte[] saved = dossier.memory().encode();
                next.remember(dossier.subject(), SubjectMemory.decode(SubjectMemory.VERSION, saved));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        work = next;
    }
}
