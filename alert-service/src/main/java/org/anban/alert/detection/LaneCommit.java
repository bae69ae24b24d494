package org.anban.alert.detection;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.anban.alert.blackout.BlackoutStore;
import org.anban.alert.evaluation.Effects;
import org.anban.alert.evaluation.NotEvaluated;
import org.anban.alert.evaluation.Progress;
import org.anban.alert.evaluation.SetAsideEvent;
import org.anban.alert.evaluation.Spoken;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.SignalSink;
import org.anban.contracts.event.Lane;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes durable what evaluating a lane has brought about: position, memories, incidents and all the rest in one
 * transaction. If the incident desk cannot take a signal, the others are not held up by it.
 */
final class LaneCommit {
    /** Another process has moved the position: what we hold in memory is worth nothing. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken(Lane lane) {
            super("another process evaluates the lane " + lane);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(LaneCommit.class);
    private static final String SAVEPOINT = "before_signal";

    private final Lane lane;
    private final Database database;
    private final SignalSink desk;
    private final InstantSource time;
    private final DetectionStore store = new DetectionStore();
    private final OutageStore outages = new OutageStore();

    LaneCommit(Lane lane, Database database, SignalSink desk, InstantSource time) {
        this.lane = lane;
        this.database = database;
        this.desk = desk;
        this.time = time;
    }

    /**
     * Stores everything, and forgets it as an effect. If this throws, nothing is stored and the same may be tried
     * again; after {@link Overtaken} it must not.
     */
    void store(long from, Progress to, Effects effects) {
        try {
            attempt(from, to, effects, false);
        } catch (Overtaken e) {
            throw e;
        } catch (RuntimeException e) {
            if (effects.spoken().isEmpty() || Failures.passing(e)) {
                throw e;
            }
            log.error("what the rules say in the lane {} cannot be stored together; trying one by one", lane, e);
            attempt(from, to, effects, true);
        }
        boolean spoke = !effects.spoken().isEmpty();
        effects.stored();
        if (spoke) {
            desk.committed();
        }
    }

    private void attempt(long from, Progress to, Effects effects, boolean singly) {
        database.inTransaction(handle -> {
            if (!effects.urgent()) {
                // position and memories vanish together if the server crashes, and the log has it all
                handle.execute("set local synchronous_commit = off");
            }
            if (!store.advance(handle, lane, from, to)) {
                throw new Overtaken(lane);
            }
            List<SetAsideEvent> setAside = new ArrayList<>(effects.setAside());
            if (!effects.spoken().isEmpty()) {
                if (singly) {
                    applySingly(handle, effects.spoken(), to, setAside);
                } else {
                    applyAll(handle, effects.spoken());
                }
            }
            save(handle, to, effects, setAside);
            return true;
        });
    }

    private void save(Handle handle, Progress to, Effects effects, List<SetAsideEvent> setAside) {
        if (!effects.changed().isEmpty()) {
            store.saveMemories(handle, lane, to.batch(), effects.changed());
        }
        if (!setAside.isEmpty()) {
            store.setAside(handle, setAside);
        }
        if (!effects.heard().isEmpty()) {
            store.heard(handle, effects.heard());
        }
        if (!effects.outages().isEmpty()) {
            outages.save(handle, effects.outages());
        }
        if (!effects.blackouts().isEmpty()) {
            new BlackoutStore().save(handle, effects.blackouts());
        }
        if (!effects.back().isEmpty()) {
            outages.back(handle, effects.back());
        }
    }

    private void applyAll(Handle handle, List<Spoken> spoken) {
        desk.apply(handle, spoken.stream().map(Spoken::signal).toList(), time.instant());
    }

    private void applySingly(Handle handle, List<Spoken> spoken, Progress to, List<SetAsideEvent> setAside) {
        for (Spoken one : spoken) {
            RuntimeException refusal = tryOne(handle, one.signal());
            if (refusal != null) {
                log.error("the incident desk refuses signal {}", one.signal().id(), refusal);
                setAside.add(NotEvaluated.record(lane, one, refusal, clock(to)));
                if (one.signal().action().mayNeedSomebody()) {
                    tryOne(handle, NotEvaluated.alarm(one.signal()));
                }
            }
        }
    }

    private @Nullable RuntimeException tryOne(Handle handle, AlertSignal signal) {
        handle.savepoint(SAVEPOINT);
        try {
            desk.apply(handle, List.of(signal), time.instant());
            handle.releaseSavepoint(SAVEPOINT);
            return null;
        } catch (RuntimeException e) {
            if (Failures.passing(e)) {
                throw e;
            }
            handle.rollbackToSavepoint(SAVEPOINT);
            return e;
        }
    }

    private Instant clock(Progress to) {
        Instant clock = to.clock();
        return clock == null ? time.instant() : clock;
    }
}
