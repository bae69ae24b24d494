package org.anban.simulator.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResidentTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant MIDNIGHT =
            LocalDate.of(2026, 1, 5).atStartOfDay(ZONE).toInstant();

    @Test
    void nothingMeasuredLeavesTheDistrictsLimitsInAWeekOfFortyResidents() {
        for (int person = 0; person < 40; person++) {
            Resident resident = resident(1, person);
            for (long minute = 0; minute < 7 * 1_440; minute += 3) {
                Vitals vitals = resident.measured(MIDNIGHT.plusSeconds(minute * 60), "watch");
                assertThat(vitals.heartRate()).isBetween(57.0, 93.0);
                assertThat(vitals.spo2()).isBetween(95.0, 100.0);
                assertThat(vitals.respirationRate()).isBetween(10.0, 23.0);
            }
        }
    }

    @Test
    void theTruthItselfStaysInsideSoThatTheBoundsAreNoClamp() {
        for (int person = 0; person < 40; person++) {
            Resident resident = resident(2, person);
            for (long minute = 0; minute < 1_440; minute += 3) {
                Vitals truth = resident.truth(MIDNIGHT.plusSeconds(minute * 60));
                assertThat(truth.heartRate()).isBetween(56.5, 93.0);
                assertThat(truth.spo2()).isBetween(94.8, 99.0);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameDayAndAnotherSeedAnother() {
        Instant noon = MIDNIGHT.plus(Duration.ofHours(12));

        assertThat(resident(1, 3).measured(noon, "w")).isEqualTo(resident(1, 3).measured(noon, "w"));
        assertThat(resident(1, 3).truth(noon)).isNotEqualTo(resident(9, 3).truth(noon));
        assertThat(resident(1, 3).truth(noon)).isNotEqualTo(resident(1, 4).truth(noon));
    }

    @Test
    void aDayHasANightInBedMealsAndTheHeartIsSlowerAsleep() {
        for (int person = 0; person < 20; person++) {
            Resident resident = resident(5, person);
            Map<Activity, Integer> minutes = new EnumMap<>(Activity.class);
            for (int minute = 0; minute < 1_440; minute++) {
                minutes.merge(resident.activity(MIDNIGHT.plusSeconds(minute * 60L)), 1, Integer::sum);
            }
            assertThat(minutes.get(Activity.ASLEEP)).isBetween(360, 600);
            assertThat(minutes.get(Activity.EATING)).isBetween(50, 110);
            assertThat(resident.activity(MIDNIGHT.plus(Duration.ofHours(4))))
                    .isIn(Activity.ASLEEP, Activity.AT_THE_BATHROOM);
            assertThat(mean(resident, 2)).isLessThan(mean(resident, 10));
        }
    }

    @Test
    void stepsOnlyGrowWithinADayAndBeginAgainAtMidnight() {
        Resident resident = resident(1, 1);
        int before = 0;
        for (int minute = 0; minute < 1_440; minute += 10) {
            int steps = resident.steps(MIDNIGHT.plusSeconds(minute * 60L));
            assertThat(steps).isGreaterThanOrEqualTo(before);
            before = steps;
        }
        assertThat(before).isBetween(500, 15_000);
        assertThat(resident.steps(MIDNIGHT.plus(Duration.ofDays(1)))).isZero();
    }

    private static Resident resident(long seed, int person) {
        return new Resident(seed, "resident:r-" + person, ZONE);
    }

    private static double mean(Resident resident, int hour) {
        double sum = 0;
        for (int minute = 0; minute < 60; minute++) {
            sum += resident.truth(MIDNIGHT.plusSeconds(hour * 3_600L + minute * 60))
                    .heartRate();
        }
        return sum / 60;
    }
}
