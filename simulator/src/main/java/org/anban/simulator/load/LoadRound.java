package org.anban.simulator.load;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One round over all loops: what may still be sent, what is still under way. */
final class LoadRound {
    private static final int MOST_PROBLEMS = 5;

    private final AtomicLong allowance;
    private final AtomicInteger lost = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
    private final CountDownLatch loopsDone;
    private final long deadlineNanos;

    LoadRound(LoadBudget budget, int loops) {
        this.allowance = new AtomicLong(budget.messages());
        this.loopsDone = new CountDownLatch(loops);
        this.deadlineNanos = System.nanoTime() + budget.atMost().toNanos();
    }

    /** Takes up to {@code wanted} messages off what may be sent; 0 when nothing is left. */
    long grant(long wanted) {
        long before = allowance.getAndUpdate(left -> left - Math.min(left, wanted));
        return Math.min(before, wanted);
    }

    void stopSending() {
        allowance.set(0);
    }

    boolean overdue(long nanos) {
        return nanos - deadlineNanos >= 0;
    }

    void lostConnection(String problem) {
        lost.incrementAndGet();
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    void loopDone() {
        loopsDone.countDown();
    }

    boolean awaitLoops(long nanos) throws InterruptedException {
        return loopsDone.await(nanos, TimeUnit.NANOSECONDS);
    }

    int lostConnections() {
        return lost.get();
    }

    Iterable<String> problems() {
        return problems;
    }
}
