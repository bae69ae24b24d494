package org.anban.gateway.presence;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one device's connections take over from each other, and whether that looks like two devices with one id. A watch
 * whose network broke leaves a dead connection behind: only a take-over counts whose loser was alive, and only if they go
 * back and forth.
 */
final class TakeOvers {
    /**
     * A suspected clone.
     *
     * @param count contested take-overs since then
     * @param addresses how many addresses the last of them were between
     */
    record Clone(Instant since, Instant at, int count, int addresses) {}

    private static final int MOST = 16;

    private static final class TakeOver {
        private final Instant at;
        private final String loser;
        private final String winner;
        private boolean contested;

        TakeOver(Instant at, String loser, String winner) {
            this.at = at;
            this.loser = loser;
            this.winner = winner;
        }
    }

    private final Deque<TakeOver> lately = new ArrayDeque<>(4);
    private @Nullable Clone found;

    synchronized void restore(Clone before) {
        found = found == null ? before : found;
    }

    synchronized void add(Instant now, String loser, String winner, PresenceRules rules) {
        while (lately.size() == MOST
                || !lately.isEmpty()
                        && lately.peekFirst().at.plus(rules.takeOversWithin()).isBefore(now)) {
            lately.removeFirst();
        }
        lately.addLast(new TakeOver(now, loser, winner));
    }

    /**
     * The loser was alive: it had just been heard from another address, or it answered when it was sent away.
     *
     * @param elsewhere only if the winner had another address
     * @return whether this makes it a clone that was none before
     */
    synchronized boolean alive(String loser, boolean elsewhere, PresenceRules rules) {
        TakeOver last = null;
        for (TakeOver each : lately) {
            if (each.loser.equals(loser)) {
                last = each;
            }
        }
        if (last == null || last.contested || elsewhere && last.winner.equals(loser)) {
            return false;
        }
        last.contested = true;
        return judge(last.at, rules);
    }

    private boolean judge(Instant now, PresenceRules rules) {
        Set<String> losers = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        int contested = 0;
        boolean backAndForth = false;
        for (TakeOver each : lately) {
            if (each.contested) {
                contested++;
                losers.add(each.loser);
                addresses.add(each.loser);
                addresses.add(each.winner);
                backAndForth |= losers.contains(each.winner);
            }
        }
        if (contested < rules.takeOvers() || !backAndForth) {
            return false;
        }
        Clone before = found;
        boolean known = before != null && !before.at().plus(rules.cloneShown()).isBefore(now);
        found = known
                ? new Clone(before.since(), now, before.count() + 1, addresses.size())
                : new Clone(now, now, contested, addresses.size());
        return !known;
    }

    synchronized @Nullable Clone found() {
        return found;
    }
}
