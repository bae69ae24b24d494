package org.anban.log.postgres;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.anban.log.LogBatch;
import org.jspecify.annotations.Nullable;

/** A lane's most recent batches, without gaps, and the number of the newest that is committed. */
final class Ring {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Map<Long, LogBatch> batches = new HashMap<>();
    private final Deque<Long> weights = new ArrayDeque<>();
    private final LogLimits.Sizes sizes;
    private long bytes;
    private long newest;

    Ring(LogLimits.Sizes sizes) {
        this.sizes = sizes;
    }

    /** Adds the batch after the newest; what no longer fits leaves, the newest never does. */
    void add(LogBatch batch, long weight) {
        lock.lock();
        try {
            newest = batch.number();
            batches.put(newest, batch);
            weights.add(weight);
            bytes += weight;
            while (weights.size() > 1 && (bytes > sizes.ringBytes() || weights.size() > sizes.ringBatches())) {
                batches.remove(newest - weights.size() + 1);
                bytes -= weights.remove();
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything: the table says that this is the newest number. */
    void restart(long number) {
        lock.lock();
        try {
            batches.clear();
            weights.clear();
            bytes = 0;
            newest = number;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    LogBatch get(long number) {
        lock.lock();
        try {
            return batches.get(number);
        } finally {
            lock.unlock();
        }
    }

    long newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something newer is committed, at most so long. */
    void await(long after, long nanos) throws InterruptedException {
        lock.lock();
        try {
            if (newest <= after) {
                grown.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
