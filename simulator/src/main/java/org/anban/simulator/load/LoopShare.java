package org.anban.simulator.load;

import java.util.ArrayDeque;
import org.HdrHistogram.Histogram;

/** One event loop's part of a round. Used by that loop's thread only. */
final class LoopShare {
    private static final long CHUNK = 256;
    private static final long LONGEST_NANOS = 120_000_000_000L;

    final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private final LoadRound round;
    private final double tokensPerNano;
    private final ArrayDeque<PublisherConnection> waiting = new ArrayDeque<>();
    private long granted;
    private double tokens;
    private long refilledAt;
    private long sent;
    private long acknowledged;
    private long abandoned;
    private int live;
    private long firstSendNanos;
    private long lastAckNanos;
    private boolean exhausted;
    private boolean done;

    /** @param ratePerSecond this loop's part of the rate; 0 for unpaced */
    LoopShare(LoadRound round, double ratePerSecond, long nowNanos) {
        this.round = round;
        this.tokensPerNano = ratePerSecond / 1e9;
        this.firstSendNanos = nowNanos;
        this.lastAckNanos = nowNanos;
        this.refilledAt = nowNanos;
    }

    boolean paced() {
        return tokensPerNano > 0;
    }

    /** Whether one more message may be sent now. */
    boolean take() {
        if (paced() && tokens < 1) {
            return false;
        }
        if (granted == 0) {
            granted = round.grant(CHUNK);
            if (granted == 0) {
                exhausted = true;
                return false;
            }
        }
        granted--;
        tokens--;
        if (sent++ == 0) {
            firstSendNanos = System.nanoTime();
        }
        return true;
    }

    /** Of a paced round: the connection has room in its window and waits for its turn. */
    void queue(PublisherConnection connection) {
        waiting.add(connection);
    }

    void refill(long nowNanos) {
        tokens = Math.min(tokens + (nowNanos - refilledAt) * tokensPerNano, Math.max(64, tokensPerNano * 50_000_000));
        refilledAt = nowNanos;
        while (tokens >= 1 && !exhausted) {
            PublisherConnection next = waiting.poll();
            if (next == null) {
                return;
            }
            next.sendInTurn();
        }
    }

    void acknowledged(long latencyNanos, long nowNanos) {
        acknowledged++;
        lastAckNanos = nowNanos;
        latencies.recordValue(Math.min(LONGEST_NANOS, Math.max(1, latencyNanos)));
    }

    /** The connection takes part. */
    void joined() {
        live++;
    }

    /** The connection was gone before the round began. */
    void missing(String problem) {
        round.lostConnection(problem);
    }

    void lost(int inFlight, String problem) {
        abandoned += inFlight;
        live--;
        round.lostConnection(problem);
        exhausted |= live == 0;
        finishIfDone();
    }

    /** To be called after each step: tells the round once nothing is left to send and nothing is under way. */
    void finishIfDone() {
        if (!done && exhausted && acknowledged + abandoned >= sent) {
            done = true;
            round.loopDone();
        }
    }

    void stopIfNobodyJoined() {
        exhausted |= live == 0;
    }

    void stop() {
        granted = 0;
        exhausted = true;
        finishIfDone();
    }

    long sent() {
        return sent;
    }

    long acknowledgedCount() {
        return acknowledged;
    }

    long firstSendNanos() {
        return firstSendNanos;
    }

    long lastAckNanos() {
        return lastAckNanos;
    }
}
