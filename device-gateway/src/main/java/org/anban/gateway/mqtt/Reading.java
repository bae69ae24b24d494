package org.anban.gateway.mqtt;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

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
    private final Set<Because> reasons = EnumSet.noneOf(Because.class);
    private long logPausedNanos;

    Reading(Channel channel) {
        this.channel = channel;
    }

    void pause(Because reason, boolean paused) {
        if (paused && !waitsForLog()) {
            logPausedNanos = System.nanoTime();
        }
        boolean changed = paused ? reasons.add(reason) : reasons.remove(reason);
        if (changed) {
            channel.config().setAutoRead(reasons.isEmpty());
        }
    }

    /** Whether it is the log that has kept the socket from being read for so long. */
    boolean hasWaitedForLog(long nanos, long now) {
        return waitsForLog() && now - logPausedNanos > nanos;
    }

    private boolean waitsForLog() {
        return reasons.contains(Because.IN_FLIGHT) || reasons.contains(Because.LOG_BEHIND);
    }

    boolean isPaused() {
        return !reasons.isEmpty();
    }

    boolean isPaused(Because reason) {
        return reasons.contains(reason);
    }

    /** Reads on, whatever the reasons were. */
    void goOn() {
        reasons.clear();
        channel.config().setAutoRead(true);
    }
}
