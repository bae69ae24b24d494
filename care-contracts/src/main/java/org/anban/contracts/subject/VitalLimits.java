package org.anban.contracts.subject;

import org.anban.contracts.error.CareException;

/**
 * A resident's own limits. Outside the watch band is P3, outside the alarm band P2.
 *
 * @param heartRateLow beats a minute, alarm below
 * @param heartRateWatchLow beats a minute, watch below
 * @param heartRateWatchHigh beats a minute, watch above
 * @param heartRateHigh beats a minute, alarm above
 * @param spo2Low percent, alarm below
 * @param spo2WatchLow percent, watch below
 */
public record VitalLimits(
        double heartRateLow,
        double heartRateWatchLow,
        double heartRateWatchHigh,
        double heartRateHigh,
        double spo2Low,
        double spo2WatchLow) {
    /** The district's proposal for elders at rest; every value is configuration. */
    public static final VitalLimits DEFAULT = new VitalLimits(45, 55, 95, 115, 90, 94);

    public VitalLimits {
        if (!(heartRateLow <= heartRateWatchLow
                && heartRateWatchLow < heartRateWatchHigh
                && heartRateWatchHigh <= heartRateHigh
                && spo2Low <= spo2WatchLow)) {
            throw CareException.invalid("limits: low ≤ watch low < watch high ≤ high");
        }
    }
}
