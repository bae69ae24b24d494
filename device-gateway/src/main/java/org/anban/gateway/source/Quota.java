package org.anban.gateway.source;

import org.anban.contracts.device.SenderKind;
import org.anban.contracts.error.CareException;

/** A token bucket for one device's telemetry. Confined to the event loop of the device's connection. */
public final class Quota {
    /**
     * How much telemetry one device may send.
     *
     * @param perSecond messages, over a long time
     * @param burst messages at once after a pause, as when a network comes back
     */
    public record Limit(double perSecond, double burst) {
        public static final Limit DEFAULT = new Limit(50, 500);

        private static final int RELAY_TIMES = 4;
        private static final int ACCOUNT_TIMES = 40;

        public Limit {
            if (!(perSecond > 0) || !(burst >= 1)) {
                throw CareException.invalid("telemetry quota: a positive rate and a burst of at least 1");
            }
        }

        /** For everything that a sender of a kind says: a relay speaks for a home, a vendor's account for thousands. */
        public Limit of(SenderKind sender) {
            int times =
                    switch (sender) {
                        case DEVICE -> 1;
                        case RELAY -> RELAY_TIMES;
                        case ACCOUNT -> ACCOUNT_TIMES;
                    };
            return times == 1 ? this : new Limit(perSecond * times, burst * times);
        }
    }

    private static final double NANOS = 1e9;

    private final Limit limit;
    private double tokens;
    private long filledNanos;

    public Quota(Limit limit, long nowNanos) {
        this.limit = limit;
        this.tokens = limit.burst();
        this.filledNanos = nowNanos;
    }

    /** Takes one; false if there is none. */
    public boolean take(long nowNanos) {
        if (tokens < 1) {
            fill(nowNanos);
        }
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** A message had more in it than others have: a debt, if there are not so many tokens. */
    public void charge(double more) {
        tokens -= more;
    }

    private void fill(long nowNanos) {
        double earned = (nowNanos - filledNanos) / NANOS * limit.perSecond();
        tokens = Math.min(limit.burst(), tokens + earned);
        filledNanos = nowNanos;
    }
}
