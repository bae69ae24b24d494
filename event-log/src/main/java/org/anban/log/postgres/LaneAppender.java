package org.anban.log.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.anban.log.EventLog.Outcome;
import org.anban.log.EventLog.Status;
import org.anban.log.codec.BatchCodec;
import org.anban.log.table.SegmentKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to one lane, on one thread. It seeks the lane's lock; while it has it, it commits one batch while the next
 * collects; when it does not know what became of a batch, it seeks the lock again, and only the holder of the lock
 * can read the answer in the table, for then the session that tried is over.
 */
final class LaneAppender implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneAppender.class);
    private static final long SHORTEST_REST = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

    private final LaneDesk desk;
    private final PostgresEventLog.Parts parts;
    private final UUID owner;
    private final SegmentKeeper segments;
    private final Supplier<Status> leader;
    private final Runnable onChange;
    private final CountDownLatch decided = new CountDownLatch(1);
    private final String lane;
    private final LogClock clock;

    private @Nullable LaneSession candidate;
    private @Nullable Flight flight;
    private int failures;
    private long lastNanos = System.nanoTime();
    private long restNanos = SHORTEST_REST;
    private volatile @Nullable LaneSession session;
    private volatile Status status = Status.STALLED;
    private volatile boolean tickNow;
    private volatile boolean finishing;
    private volatile long finishBy;

    /**
     * @param leader the lane on which it depends who appends: this one takes its lock only while that one appends, and
     *     gives it up when that one has lost it
     * @param onChange called when the status has changed
     */
    LaneAppender(
            LaneDesk desk,
            PostgresEventLog.Parts parts,
            UUID owner,
            SegmentKeeper segments,
            Supplier<Status> leader,
            Runnable onChange) {
        this.desk = desk;
        this.parts = parts;
        this.owner = owner;
        this.segments = segments;
        this.leader = leader;
        this.onChange = onChange;
        this.lane = desk.table().word();
        this.clock = new LogClock(parts.time(), lane);
    }

    Status status() {
        return status;
    }

    boolean awaitDecision(long millis) throws InterruptedException {
        return decided.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Appends a tick soon, however long ago the last batch was. */
    void tick() {
        tickNow = true;
        desk.intake().nudge();
    }

    /** Ends the thread when nothing is left to append, or when the time is over. */
    void finish(long byNanoTime) {
        finishBy = byNanoTime;
        finishing = true;
        desk.intake().nudge();
    }

    /** Breaks off a statement that does not come back. */
    void abort() {
        LaneSession stuck = session;
        if (stuck != null) {
            stuck.abort();
        }
    }

    @Override
    public void run() {
        try {
            while (!isDone()) {
                try {
                    step();
                } catch (RuntimeException | Error e) {
                    LOG.error("the appender of the {} lane failed and goes on", lane, e);
                    dropSessions();
                    become(status == Status.STANDBY ? Status.STANDBY : Status.STALLED);
                    rest();
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the appender of the {} lane was interrupted and ends", lane);
        } finally {
            end();
        }
    }

    private void step() throws InterruptedException {
        Status lead = leader.get();
        LaneSession mine = session;
        if (mine == null) {
            seek(lead);
        } else if (lead == Status.STANDBY) {
            LOG.info("the {} lane is given up, for another process has the alarm lane", lane);
            dropSessions();
            become(Status.STANDBY);
        } else {
            append(mine);
        }
    }

    private void append(LaneSession mine) throws InterruptedException {
        Flight next = flight == null ? collect() : flight;
        if (next == null) {
            return;
        }
        flight = next;
        next.stamp(desk.ring().newest() + 1, clock.next());
        long began = System.nanoTime();
        try {
            mine.insert(next);
        } catch (SQLException e) {
            failed(e);
            return;
        }
        desk.counters().took(System.nanoTime() - began);
        become(Status.APPENDING);
        landed(next);
    }

    /** A lost connection is replaced at once; a server that takes the lock and then refuses the row is given time. */
    private void failed(SQLException e) throws InterruptedException {
        dropSessions();
        become(Status.STALLED);
        desk.counters().interrupted();
        failures++;
        if (failures == 1) {
            LOG.warn("the {} lane cannot be written, appends wait: {}", lane, e.getMessage());
        } else {
            LOG.debug("the {} lane cannot be written, {} times in a row", lane, failures, e);
            rest();
        }
    }

    private @Nullable Flight collect() throws InterruptedException {
        long tickNanos = parts.limits().pace().tickEvery().toNanos();
        if (!tickNow && !finishing) {
            desk.intake().await(lastNanos + tickNanos - System.nanoTime());
        }
        List<Pending> taken = desk.intake().take();
        Flight full = encode(taken);
        if (full.entries() > 0 || !full.appends().isEmpty()) {
            return full;
        }
        return tickNow || System.nanoTime() - lastNanos >= tickNanos ? Flight.of(List.of()) : null;
    }

    private Flight encode(List<Pending> taken) {
        try {
            return Flight.of(taken);
        } catch (RuntimeException | Error e) {
            LOG.error("the {} lane was given an entry that cannot be stored; its append is refused", lane, e);
        }
        List<Pending> sound = new ArrayList<>();
        for (Pending pending : taken) {
            try {
                BatchCodec.encode(pending.entries());
                sound.add(pending);
            } catch (RuntimeException | Error e) {
                tell(pending, Outcome.REFUSED);
            }
        }
        return Flight.of(sound);
    }

    /** The batch is in the table and in the ring's order: readers first, then whoever waits for it. */
    private void landed(Flight done) {
        settled();
        tickNow = false;
        clock.reached(done.at());
        lastNanos = System.nanoTime();
        restNanos = SHORTEST_REST;
        desk.counters().committed(done.entries(), done.body().length);
        desk.ring().add(done.batch(desk.table().lane()), done.heapBytes());
        tell(done, Outcome.COMMITTED);
        segments.reached(done.number());
    }

    private void seek(Status lead) throws InterruptedException {
        boolean mayTake = lead == Status.APPENDING;
        boolean hasDoubt = flight != null && flight.wasTried();
        if (!mayTake && !(hasDoubt && lead == Status.STANDBY)) {
            standBack(lead == Status.STANDBY ? Status.STANDBY : Status.STALLED);
            return;
        }
        try {
            LaneSession asking = candidate();
            switch (asking.tryLock()) {
                case US -> locked(asking, mayTake);
                case OUR_FORMER_SESSION, NOBODY -> {
                    become(status == Status.STANDBY ? Status.STANDBY : Status.STALLED);
                    rest();
                }
                case ANOTHER -> {
                    restNanos = SHORTEST_REST;
                    settleDoubt(asking);
                    standBack(Status.STANDBY);
                }
            }
        } catch (SQLException e) {
            LOG.debug("the {} lane's database does not answer", lane, e);
            if (status == Status.STALLED && decided.getCount() > 0) {
                LOG.warn("the {} lane's database does not answer yet: {}", lane, e.getMessage());
            }
            dropSessions();
            become(status == Status.STANDBY ? Status.STANDBY : Status.STALLED);
            rest();
        }
    }

    private LaneSession candidate() throws SQLException {
        LaneSession asking = candidate;
        if (asking == null) {
            asking = LaneSession.open(desk.table(), parts, owner);
            candidate = asking;
        }
        return asking;
    }

    private void locked(LaneSession holder, boolean mayTake) throws SQLException {
        if (!mayTake) {
            settleDoubt(holder);
            dropSessions();
            return;
        }
        LaneSession.Newest newest = holder.newest();
        segments.makeRoom(holder.connection(), newest.number() + 1);
        Flight doubtful = flight;
        boolean isThere = doubtful != null && doubtful.wasTried() && holder.holds(doubtful);
        clock.reached(newest.at());
        if (isThere && newest.number() == doubtful.number() && desk.ring().newest() == doubtful.number() - 1) {
            landed(doubtful);
        } else {
            goOnFrom(newest.number());
            settleIf(isThere);
        }
        candidate = null;
        session = holder;
        become(flight == null ? Status.APPENDING : Status.STALLED); // what failed must go through first
        if (failures < 2) {
            LOG.info("this process has the {} lane, after number {}", lane, newest.number());
        }
    }

    /** Others may have appended meanwhile; the database may even have been put back to an earlier state. */
    private void goOnFrom(long newest) {
        long known = desk.ring().newest();
        if (newest < known) {
            LOG.error(
                    "the {} lane ends at number {}, and {} was there: the database has lost batches",
                    lane,
                    newest,
                    known);
            desk.stored().forget();
        }
        if (newest != known) {
            desk.ring().restart(newest);
        }
    }

    private void settleIf(boolean isThere) {
        Flight doubtful = flight;
        if (isThere && doubtful != null) {
            settled();
            tell(doubtful, Outcome.COMMITTED);
        }
    }

    /** We shall not append: what was tried is either in the table, or never will be. */
    private void settleDoubt(LaneSession any) throws SQLException {
        Flight doubtful = flight;
        if (doubtful != null) {
            Outcome outcome = doubtful.wasTried() && any.holds(doubtful) ? Outcome.COMMITTED : Outcome.REFUSED;
            settled();
            tell(doubtful, outcome);
        }
    }

    private void settled() {
        flight = null;
        failures = 0;
    }

    /** Waits for a while; if another process appends, what arrives is refused at once. */
    private void standBack(Status as) throws InterruptedException {
        become(as);
        long until = System.nanoTime() + parts.limits().pace().lockEvery().toNanos();
        if (as == Status.STALLED) {
            desk.intake().rest(until - System.nanoTime());
            return;
        }
        do {
            refuseWaiting();
            desk.intake().await(until - System.nanoTime());
        } while (!finishing && System.nanoTime() - until < 0);
        refuseWaiting();
    }

    private void rest() throws InterruptedException {
        long nanos = restNanos;
        restNanos = Math.min(2 * nanos, LONGEST_REST);
        if (status == Status.STANDBY) {
            refuseWaiting();
        }
        desk.intake().rest(nanos);
    }

    private void refuseWaiting() {
        for (List<Pending> some = desk.intake().take();
                !some.isEmpty();
                some = desk.intake().take()) {
            some.forEach(pending -> tell(pending, Outcome.REFUSED));
        }
    }

    private void tell(Flight settled, Outcome outcome) {
        settled.appends().forEach(pending -> tell(pending, outcome));
    }

    private void tell(Pending pending, Outcome outcome) {
        if (outcome == Outcome.REFUSED) {
            desk.counters().refused();
        }
        try {
            desk.intake().settle(pending, outcome);
        } catch (RuntimeException | Error e) {
            LOG.error("whoever appended to the {} lane failed when told {}", lane, outcome, e);
        }
    }

    private void become(Status next) {
        if (status != next) {
            status = next;
            LOG.info("the {} lane is {}", lane, next);
            onChange.run();
        }
        decided.countDown();
    }

    private void dropSessions() {
        LaneSession held = session;
        session = null;
        if (held != null) {
            held.close();
        }
        if (candidate != null) {
            candidate.close();
            candidate = null;
        }
    }

    private boolean isDone() {
        return finishing && (flight == null && desk.intake().isEmpty() || System.nanoTime() - finishBy >= 0);
    }

    private void end() {
        desk.intake().close();
        Flight left = flight;
        flight = null;
        if (left != null) {
            tell(left, Outcome.REFUSED);
        }
        refuseWaiting();
        dropSessions();
        become(Status.CLOSED);
    }
}
