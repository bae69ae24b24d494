package org.anban.simulator.device;

import java.time.Duration;
import java.time.Instant;
import org.anban.simulator.resident.SeededNoise;

/**
 * What makes a real device a trial.
 *
 * @param senml speaks SenML packs instead of plain objects
 * @param clockAhead how far its clock is off
 * @param gapMinutes how long it is without a network once in a while; 0 for never
 */
public record Quirks(boolean senml, Duration clockAhead, int gapMinutes, SeededNoise chance) {
    private static final long CYCLE_SECONDS = 2_400;

    /** @param position of the device among those of its kind: every third speaks SenML, every fifth loses its network */
    public static Quirks of(long seed, String device, String kind, int position) {
        boolean watch = kind.equals("watch");
        boolean wrongClock = watch && position == 1;
        return new Quirks(
                position % 3 == 2,
                wrongClock ? Duration.ofMinutes(7) : Duration.ZERO,
                watch && position % 5 == 3 ? 2 : 0,
                SeededNoise.of(seed, "quirks of " + device));
    }

    /** Whether the network is gone: once in each forty minutes, at another time in each. */
    public boolean withoutNetwork(Instant now) {
        long cycle = Math.floorDiv(now.getEpochSecond(), CYCLE_SECONDS);
        double begins = chance.between(cycle, 0, CYCLE_SECONDS - gapMinutes * 60L);
        long within = Math.floorMod(now.getEpochSecond(), CYCLE_SECONDS);
        return within >= begins && within < begins + gapMinutes * 60L;
    }

    public Instant deviceTime(Instant now) {
        return now.plus(clockAhead);
    }
}
