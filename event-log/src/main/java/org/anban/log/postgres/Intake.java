package org.anban.log.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.anban.log.EventLog;

/** What was handed to a lane and is not in a batch yet. Any thread adds, the appender takes. */
final class Intake {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stirred = lock.newCondition();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final AtomicLong backlogBytes = new AtomicLong();
    private final LogLimits.Sizes sizes;
    private boolean closed;
    private boolean nudged;

    Intake(LogLimits.Sizes sizes) {
        this.sizes = sizes;
    }

    /** @return false if nothing is taken any more */
    boolean add(Pending pending) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            backlogBytes.addAndGet(pending.bytes());
            waiting.add(pending);
            if (waiting.size() == 1) {
                stirred.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Everything handed over and neither committed nor refused, the batch on its way included. */
    long backlogBytes() {
        return backlogBytes.get();
    }

    /** Takes what has come of an append off the books and tells its owner. */
    void settle(Pending pending, EventLog.Outcome outcome) {
        backlogBytes.addAndGet(-pending.bytes());
        pending.callback().appended(outcome);
    }

    /** Waits until there is something to take or to look at, at most so long. */
    void await(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (waiting.isEmpty() && !nudged && left > 0) {
                left = stirred.awaitNanos(left);
            }
            nudged = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits although something may be there to take; a nudge ends it. */
    void rest(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (!nudged && left > 0) {
                left = stirred.awaitNanos(left);
            }
            nudged = false;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the appender: something other than an append has changed. */
    void nudge() {
        lock.lock();
        try {
            nudged = true;
            stirred.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest appends, as many as make one batch; empty if there are none. */
    List<Pending> take() {
        lock.lock();
        try {
            List<Pending> taken = new ArrayList<>(Math.min(waiting.size(), 1024));
            long bytes = 0;
            long entries = 0;
            while (!waiting.isEmpty() && (taken.isEmpty() || fits(bytes, entries, waiting.peek()))) {
                Pending pending = waiting.remove();
                bytes += pending.bytes();
                entries += pending.entries().size();
                taken.add(pending);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            nudged = true;
            stirred.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(long bytes, long entries, Pending next) {
        return bytes + next.bytes() <= sizes.batchBytes()
                && entries + next.entries().size() <= sizes.batchEntries();
    }
}
