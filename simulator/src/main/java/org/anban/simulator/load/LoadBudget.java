package org.anban.simulator.load;

import java.time.Duration;

/**
 * How long a round goes on: until the count is sent or the time is over, whichever comes first.
 *
 * @param ratePerSecond messages a second over all connections; 0 means as fast as acknowledgements come
 */
public record LoadBudget(long messages, Duration atMost, int ratePerSecond) {
    public LoadBudget {
        if (messages < 1) {
            throw new IllegalArgumentException("messages: at least 1");
        }
        if (atMost.isNegative() || atMost.isZero()) {
            throw new IllegalArgumentException("atMost: more than nothing");
        }
        if (ratePerSecond < 0) {
            throw new IllegalArgumentException("ratePerSecond: 0 or more");
        }
    }

    public static LoadBudget unpaced(long messages, Duration atMost) {
        return new LoadBudget(messages, atMost, 0);
    }
}
