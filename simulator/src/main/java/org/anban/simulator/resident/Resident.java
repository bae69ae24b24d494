package org.anban.simulator.resident;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A healthy old person. In normal running nothing that is measured leaves the district's default limits (heart rate 55
 * to 95, SpO2 94 and above), because a simulated district must raise no alarm by itself.
 */
public final class Resident {
    private static final double SETTLING_MINUTES = 4;
    private static final int SETTLING_PARTS = 8;

    private final SeededNoise noise;
    private final SeededNoise habits;
    private final ZoneId zone;
    private final double restingHeartRate;
    private final double restingSpo2;
    private final double restingRespiration;

    public Resident(long seed, String subject, ZoneId zone) {
        this.noise = SeededNoise.of(seed, subject);
        this.habits = noise.about("habits");
        this.zone = zone;
        this.restingHeartRate = noise.between(1, 66, 72);
        this.restingSpo2 = noise.between(2, 96.6, 97.8);
        this.restingRespiration = noise.between(3, 14.5, 17);
    }

    public Activity activity(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return plan(local).at(minuteOf(local));
    }

    /** The truth: what a perfect instrument would show. The body follows an activity within some minutes. */
    public Vitals truth(Instant at) {
        double heartRate = 0;
        double respiration = 0;
        double spo2 = 0;
        for (int i = 0; i < SETTLING_PARTS; i++) {
            Activity recent = activity(at.minusMillis((long) (i * SETTLING_MINUTES * 60_000 / SETTLING_PARTS)));
            heartRate += recent.heartRateChange() / SETTLING_PARTS;
            respiration += recent.respirationChange() / SETTLING_PARTS;
            spo2 += recent.spo2Change() / SETTLING_PARTS;
        }
        double seconds = at.toEpochMilli() / 1e3;
        return new Vitals(
                restingHeartRate + heartRate + 2.5 * noise.about("heart").smooth(seconds, 420),
                Math.min(99, restingSpo2 + spo2 + 0.5 * noise.about("oxygen").smooth(seconds, 900)),
                restingRespiration + respiration + 0.8 * noise.about("breath").smooth(seconds, 300));
    }

    /** What a worn sensor makes of it: rounded, with an error of its own. */
    public Vitals measured(Instant at, String sensor) {
        Vitals truth = truth(at);
        SeededNoise error = noise.about(sensor);
        long index = at.toEpochMilli();
        return new Vitals(
                clamp(Math.rint(truth.heartRate() + error.between(index, -1.4, 1.4)), 57, 93),
                clamp(Math.rint(truth.spo2() + error.between(index + 1, -0.6, 0.6)), 95, 99),
                clamp(Math.rint(truth.respirationRate() + error.between(index + 2, -0.8, 0.8)), 10, 23));
    }

    /** Steps since midnight. */
    public int steps(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        DayPlan plan = plan(local);
        double steps = 0;
        for (int minute = 0; minute < (int) minuteOf(local); minute++) {
            steps += plan.at(minute).stepsPerMinute();
        }
        return (int) steps;
    }

    private DayPlan plan(ZonedDateTime local) {
        return new DayPlan(habits, local.toLocalDate().toEpochDay());
    }

    private static double minuteOf(ZonedDateTime local) {
        return local.toLocalTime().toNanoOfDay() / 60e9;
    }

    private static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}
