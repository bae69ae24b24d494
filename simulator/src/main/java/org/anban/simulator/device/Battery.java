package org.anban.simulator.device;

import java.time.Instant;
import org.anban.simulator.resident.SeededNoise;

/** Charge over time: a watch hangs at its charger for an hour each evening; a button's cell lasts for years. */
final class Battery {
    private static final double DAY_SECONDS = 86_400;
    private static final double CHARGING_SECONDS = 3_600;
    private static final double DRAIN_PER_HOUR = 2.4;
    private static final double LONG_LIFE_DAYS = 1_100;

    private final double chargeBegins;
    private final double age;

    Battery(String device) {
        SeededNoise noise = SeededNoise.of(7, device);
        this.chargeBegins = noise.between(1, 10.5, 12.5) * 3_600;
        this.age = noise.between(2, 0, LONG_LIFE_DAYS / 2);
    }

    boolean charging(Instant moment) {
        return sinceCharge(moment) < CHARGING_SECONDS;
    }

    /** Percent of a battery that is charged each day. */
    int rechargeable(Instant moment) {
        double since = sinceCharge(moment);
        double lowest = 100 - DRAIN_PER_HOUR * (DAY_SECONDS - CHARGING_SECONDS) / 3_600;
        double level = since < CHARGING_SECONDS
                ? lowest + (100 - lowest) * since / CHARGING_SECONDS
                : 100 - DRAIN_PER_HOUR * (since - CHARGING_SECONDS) / 3_600;
        return (int) Math.round(level);
    }

    /** Percent of a cell that is never charged, between 50 and 100. */
    int longLife(Instant moment) {
        double days = (moment.getEpochSecond() / DAY_SECONDS + age) % (LONG_LIFE_DAYS / 2);
        return (int) Math.round(100 - 100 * days / LONG_LIFE_DAYS);
    }

    private double sinceCharge(Instant moment) {
        return Math.floorMod((long) (moment.getEpochSecond() - chargeBegins), (long) DAY_SECONDS);
    }
}
