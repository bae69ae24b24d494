package org.anban.alert.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anban.contracts.event.Lane;

/**
 * How detection is doing, as this process sees it. No tick for {@link #LONGEST_WITHOUT_TICK} is our own alarm, and so is
 * evaluation further behind than {@link #FURTHEST_BEHIND}, whichever process evaluates, and a log's clock that is more
 * than {@link #FURTHEST_AHEAD} ahead of ours: it stands still until ours has reached it, and nobody's silence is noticed.
 */
public record DetectorHealth(List<LaneHealth> lanes) {
    public static final Duration LONGEST_WITHOUT_TICK = Duration.ofSeconds(10);
    public static final Duration FURTHEST_BEHIND = Duration.ofSeconds(10);
    public static final Duration FURTHEST_AHEAD = Duration.ofSeconds(30);

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
     * @param clock the log's clock at the batch evaluated last; before the first, when this process began to look
     */
    public record LaneHealth(Lane lane, boolean leading, long evaluated, Instant lastTick, Instant clock) {
        Optional<String> problem(Instant now) {
            Duration quiet = Duration.between(lastTick, now);
            if (quiet.compareTo(LONGEST_WITHOUT_TICK) > 0) {
                return Optional.of(
                        "detection has seen nothing of the " + name() + " log for " + quiet.toSeconds() + " s");
            }
            Duration behind = Duration.between(clock, now);
            if (behind.negated().compareTo(FURTHEST_AHEAD) > 0) {
                return Optional.of("the clock of the " + name() + " log is "
                        + behind.negated().toSeconds() + " s ahead of this machine's; silence is not noticed");
            }
            return behind.compareTo(FURTHEST_BEHIND) > 0
                    ? Optional.of("detection is " + behind.toSeconds() + " s behind the " + name() + " log"
                            + (leading ? "" : ", in another process"))
                    : Optional.empty();
        }

        private String name() {
            return lane.name().toLowerCase(Locale.ROOT);
        }
    }
}
