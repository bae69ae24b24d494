package org.anban.alert.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anban.contracts.event.Lane;
import org.jspecify.annotations.Nullable;

/** How detection is doing in this process. No tick for {@link #LONGEST_WITHOUT_TICK} is our own alarm. */
public record DetectorHealth(List<LaneHealth> lanes) {
    public static final Duration LONGEST_WITHOUT_TICK = Duration.ofSeconds(10);

    public DetectorHealth {
        lanes = List.copyOf(lanes);
    }

    /** What is wrong, in words for a banner; empty if nothing is. */
    public Optional<String> problem(Instant now) {
        return lanes.stream().flatMap(lane -> lane.problem(now).stream()).findFirst();
    }

    /**
     * One lane.
     *
     * @param leading this process evaluates the lane; else another does
     * @param evaluated by whichever process: everything up to this batch is evaluated, and what came of it is durable
     * @param lastTick when, by the wall clock, the log was last seen to move
     * @param clock the log's clock at the batch evaluated last; null before the first
     */
    public record LaneHealth(Lane lane, boolean leading, long evaluated, Instant lastTick, @Nullable Instant clock) {
        Optional<String> problem(Instant now) {
            Duration quiet = Duration.between(lastTick, now);
            return quiet.compareTo(LONGEST_WITHOUT_TICK) > 0
                    ? Optional.of("detection has seen nothing of the "
                            + lane.name().toLowerCase(Locale.ROOT) + " log for " + quiet.toSeconds() + " s")
                    : Optional.empty();
        }
    }
}
