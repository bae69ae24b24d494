package org.anban.simulator.resident;

import java.util.ArrayList;
import java.util.List;

/** One day of one resident: what is done from which minute to which; sleep at both ends, rest where nothing else is. */
final class DayPlan {
    private record Spell(Activity activity, double from, double to) {
        boolean covers(double minute) {
            return minute >= from && minute < to;
        }
    }

    private static final double NOON = 720;

    private final List<Spell> spells = new ArrayList<>();
    private final double rise;
    private final double bed;

    DayPlan(SeededNoise habits, long epochDay) {
        SeededNoise day = habits.about("day " + epochDay);
        this.rise = habits.between(1, 300, 390) + day.between(1, -15, 15);
        this.bed = habits.between(2, 1_245, 1_330) + day.between(2, -20, 20);
        nightWalks(day);
        spell(Activity.EATING, rise + 45, day.between(3, 20, 30));
        if (day.unit(4) < 0.75) {
            spell(Activity.WALKING, rise + 110 + day.between(5, 0, 60), day.between(6, 15, 40));
        }
        spell(Activity.EATING, NOON - 25 + day.between(7, -15, 15), day.between(8, 25, 35));
        if (habits.unit(9) < 0.6) {
            spell(Activity.NAPPING, NOON + 45 + day.between(10, -10, 20), day.between(11, 40, 80));
        }
        if (day.unit(12) < 0.6) {
            spell(Activity.WALKING, 940 + day.between(13, -30, 30), day.between(14, 15, 40));
        }
        spell(Activity.EATING, 1_065 + day.between(15, -20, 20), day.between(16, 25, 35));
    }

    Activity at(double minute) {
        for (Spell spell : spells) {
            if (spell.covers(minute)) {
                return spell.activity;
            }
        }
        return minute < rise || minute >= bed ? Activity.ASLEEP : Activity.RESTING;
    }

    private void nightWalks(SeededNoise day) {
        int visits = (int) (day.unit(20) * 3);
        for (int i = 0; i < visits; i++) {
            spell(Activity.AT_THE_BATHROOM, 60 + i * 110 + day.between(21 + i, 0, 80), day.between(31 + i, 5, 11));
        }
    }

    private void spell(Activity activity, double from, double minutes) {
        spells.add(new Spell(activity, from, from + minutes));
    }
}
