package org.anban.simulator.district;

import java.time.Duration;
import java.util.List;

/** What seldom happens, and what the watch makes of it: for the watch a dropped watch is a fall. */
enum RareEvent {
    HARD_FALL(0.15, List.of("fall"), Duration.ZERO),
    SAT_DOWN_HARD(0.45, List.of("fall", "fall-cancelled"), Duration.ofSeconds(8)),
    DROPPED_DEVICE(0.30, List.of("fall", "fall-cancelled"), Duration.ofSeconds(14)),
    PRESSED_SOS(0.10, List.of("sos"), Duration.ZERO);

    private final double share;
    private final List<String> events;
    private final Duration apart;

    RareEvent(double share, List<String> events, Duration apart) {
        this.share = share;
        this.events = events;
        this.apart = apart;
    }

    static RareEvent of(double chance) {
        double rest = chance;
        for (RareEvent each : values()) {
            rest -= each.share;
            if (rest < 0) {
                return each;
            }
        }
        return SAT_DOWN_HARD;
    }

    List<String> events() {
        return events;
    }

    Duration apart() {
        return apart;
    }
}
