package org.anban.gateway.presence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The short connections of one device, and whether they are so many that only their number is shown. */
final class Flaps {
    /**
     * How it stands after a short connection.
     *
     * @param lastHour short connections in the hour before {@code at}
     * @param since when it began to flap; null if it does not
     */
    record State(int lastHour, Instant at, @Nullable Instant since) {}

    private static final int SLOTS = 6;
    private static final long SLOT_SECONDS = 600;

    private final short[] counts = new short[SLOTS];
    private long newest = Long.MIN_VALUE;
    private @Nullable State state;

    /** What an earlier process knew. */
    synchronized void restore(State before) {
        if (state == null) {
            move(before.at());
            counts[slot()] = (short) Math.min(before.lastHour(), Short.MAX_VALUE);
            state = before;
        }
    }

    synchronized void add(Instant now, PresenceRules rules) {
        State before = state;
        if (before != null && before.at().plus(rules.calmAfter()).isBefore(now)) {
            before = null;
        }
        move(now);
        counts[slot()] += counts[slot()] == Short.MAX_VALUE ? 0 : 1;
        int sum = 0;
        for (short count : counts) {
            sum += count;
        }
        Instant since = before == null ? null : before.since();
        state = new State(sum, now, since == null && sum >= rules.shortOnes() ? now : since);
    }

    synchronized @Nullable State state() {
        return state;
    }

    private void move(Instant now) {
        long number = Math.floorDiv(now.getEpochSecond(), SLOT_SECONDS);
        long from = Math.max(newest, number - SLOTS);
        for (long passed = from + 1; passed <= number; passed++) {
            counts[(int) Math.floorMod(passed, (long) SLOTS)] = 0;
        }
        newest = Math.max(newest, number);
    }

    private int slot() {
        return (int) Math.floorMod(newest, (long) SLOTS);
    }
}
