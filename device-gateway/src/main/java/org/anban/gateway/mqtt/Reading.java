package org.anban.gateway.mqtt;

import io.netty.channel.Channel;

/** Whether the socket is read. What is not read stays with the sender: that is all the back-pressure there is. */
final class Reading {
    /** Why it is not. */
    enum Because {
        /** CONNECT is being checked; what follows it need not be here yet. */
        CHECKING,
        /** Too many messages wait for their answer. */
        IN_FLIGHT,
        /** The log is behind. */
        LOG_BEHIND,
        /** The peer does not read our answers. */
        SLOW_READER
    }

    private final Channel channel;

    /** One bit for each reason: there are many connections. */
    private int reasons;

    private long logPausedNanos;
    private long slowNanos;

    Reading(Channel channel) {
        this.channel = channel;
    }

    void pause(Because reason, boolean paused) {
        if (paused && !waitsForLog()) {
            logPausedNanos = System.nanoTime();
        }
        if (paused && reason == Because.SLOW_READER) {
            slowNanos = System.nanoTime();
        }
        int now = paused ? reasons | bit(reason) : reasons & ~bit(reason);
        if (now != reasons) {
            reasons = now;
            channel.config().setAutoRead(now == 0);
        }
    }

    /** Whether it is the log that has kept the socket from being read for so long. */
    boolean hasWaitedForLog(long nanos, long now) {
        return waitsForLog() && now - logPausedNanos > nanos;
    }

    /** Whether the peer has read no answer for so long that it is not there, or will never. */
    boolean isStuck(long nanos, long now) {
        return isPaused(Because.SLOW_READER) && now - slowNanos > nanos;
    }

    private boolean waitsForLog() {
        return isPaused(Because.IN_FLIGHT) || isPaused(Because.LOG_BEHIND);
    }

    boolean isPaused() {
        return reasons != 0;
    }

    boolean isPaused(Because reason) {
        return (reasons & bit(reason)) != 0;
    }

    private static int bit(Because reason) {
        return 1 << reason.ordinal();
    }

    /** Reads on, whatever the reasons were. */
    void goOn() {
        reasons = 0;
        channel.config().setAutoRead(true);
    }
}
