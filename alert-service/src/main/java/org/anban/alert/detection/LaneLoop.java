package org.anban.alert.detection;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.anban.alert.blackout.Blackout;
import org.anban.alert.blackout.BlackoutStore;
import org.anban.alert.evaluation.Effects;
import org.anban.alert.evaluation.LaneWork;
import org.anban.alert.evaluation.Progress;
import org.anban.contracts.event.Lane;
import org.anban.kit.database.Leadership;
import org.anban.kit.loop.Loop;
import org.anban.log.LogBatch;
import org.anban.log.codec.DamagedBatchException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector of one lane: evaluates batch after batch while this process has the lead. What could not be stored is
 * stored again before anything else is evaluated, so nothing is skipped.
 */
final class LaneLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LaneLoop.class);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration STANDBY = Duration.ofSeconds(1);
    private static final int UNREADABLE_ATTEMPTS = 3;
    private static final long LEAD_CHECK_NANOS = Duration.ofSeconds(5).toNanos();

    private final Lane lane;
    private final Detector.Parts parts;
    private final LaneLoader loader;
    private final LaneCommit commit;
    private final LaneStatus status;
    private final Counter entries;
    private final Counter signals;
    private final Counter setAside;
    private final SignsOfLife signsOfLife;
    private final Loop loop;
    private Checkpoints checkpoints = new Checkpoints();
    private @Nullable Leadership lead;
    private @Nullable LaneWork work;
    private boolean unsaved;
    private long stored;
    private long leadChecked;
    private long newest;
    private int unreadable;

    LaneLoop(Lane lane, Detector.Parts parts, ProfileCache profiles) {
        this.lane = lane;
        this.parts = parts;
        this.loader = new LaneLoader(lane, parts, profiles);
        this.commit = new LaneCommit(lane, parts.database(), parts.desk(), parts.time());
        this.status = new LaneStatus(lane, parts.time().instant());
        this.signsOfLife = new SignsOfLife(parts.database());
        this.entries = counter("anban.detector.entries");
        this.signals = counter("anban.detector.signals");
        this.setAside = counter("anban.detector.set.aside");
        this.loop = Loop.start("detector-" + lane.name().toLowerCase(Locale.ROOT), parts.metrics(), this::turn);
    }

    LaneStatus status() {
        return status;
    }

    private Duration turn() throws InterruptedException {
        if (!leading()) {
            watchFromBeside();
            return STANDBY;
        }
        LaneWork current = work;
        if (current == null) {
            current = load();
        }
        if (unsaved) {
            store(current);
        }
        LogBatch batch = next(current);
        if (batch != null) {
            status.ticked(parts.time().instant());
            evaluate(current, batch);
        } else if (checkpoints.dueInQuiet(current.effects())) {
            store(current);
        }
        return Duration.ZERO;
    }

    /** A batch that stays unreadable is stepped over: one damaged row must not hold up all alarms after it. */
    private @Nullable LogBatch next(LaneWork current) throws InterruptedException {
        long after = current.progress().batch();
        try {
            LogBatch batch = parts.log().next(lane, after, current.effects().isEmpty() ? WAIT : QUIET);
            if (batch != null) {
                unreadable = 0;
                if (batch.number() > after + 1 && after > 0) {
                    current.stepOver(batch.number() - 1, "they are no longer there");
                }
            }
            return batch;
        } catch (DamagedBatchException e) {
            if (++unreadable < UNREADABLE_ATTEMPTS) {
                throw e;
            }
            unreadable = 0;
            current.stepOver(after + 1, e.getMessage());
            unsaved = true;
            return null;
        }
    }

    private void evaluate(LaneWork current, LogBatch batch) {
        boolean done = false;
        try {
            if (current.momentDue(batch.at())) {
                current.heardElsewhere(batch.number(), signsOfLife.fresh());
                current.closed(closed(current));
            }
            current.evaluate(batch);
            done = true;
        } finally {
            if (!done) {
                forget();
            }
        }
        status.saw(batch.number());
        entries.increment(batch.entries().size());
        if (checkpoints.due(batch, current.effects())) {
            unsaved = true;
            store(current);
        } else if (current.effects().isEmpty()) {
            status.evaluated(batch.number(), batch.at());
        }
    }

    /** Asked again until it is stored that the outage is over, so it does not matter when the answer is lost. */
    private List<String> closed(LaneWork current) {
        List<String> open = current.blackouts().stream().map(Blackout::id).toList();
        return open.isEmpty()
                ? open
                : parts.database().inTransaction(handle -> new BlackoutStore().closed(handle, open));
    }

    private void store(LaneWork current) {
        long started = System.nanoTime();
        Progress to = current.progress();
        Effects effects = current.effects();
        int spoken = effects.spoken().size();
        int aside = effects.setAside().size();
        try {
            commit.store(stored, to, effects);
        } catch (LaneCommit.Overtaken e) {
            log.warn("{}; loading again", e.getMessage());
            forget();
            throw e;
        }
        unsaved = false;
        stored = to.batch();
        signals.increment(spoken);
        setAside.increment(aside);
        Instant clock = to.clock();
        checkpoints.stored(clock == null ? Instant.EPOCH : clock, started);
        status.evaluated(stored, clock);
    }

    private LaneWork load() throws InterruptedException {
        LaneWork loaded = loader.load();
        signsOfLife.restart();
        checkpoints = new Checkpoints();
        unsaved = false;
        stored = loaded.progress().batch();
        work = loaded;
        status.evaluated(stored, loaded.progress().clock());
        log.info("evaluating the lane {} from batch {}", lane, stored);
        return loaded;
    }

    private void forget() {
        work = null;
        unsaved = false;
    }

    private boolean leading() {
        Leadership held = lead;
        if (held != null && System.nanoTime() - leadChecked < LEAD_CHECK_NANOS) {
            return true;
        }
        leadChecked = System.nanoTime();
        if (held != null && held.stillHeld()) {
            return true;
        }
        forget();
        lead = Leadership.tryAcquire(parts.database(), "detector-" + lane).orElse(null);
        status.leads(lead != null);
        return lead != null;
    }

    /** Another process evaluates; we only see whether the log moves, and how far the other has come. */
    private void watchFromBeside() {
        Progress others = loader.progress();
        status.evaluated(others.batch(), others.clock());
        long now = parts.log().newest(lane);
        if (now != newest) {
            newest = now;
            status.ticked(parts.time().instant());
        }
    }

    private Counter counter(String name) {
        return parts.metrics().counter(name, "lane", lane.name());
    }

    @Override
    public void close() {
        loop.close();
        Leadership held = lead;
        if (held != null) {
            held.close();
        }
        status.leads(false);
    }
}
