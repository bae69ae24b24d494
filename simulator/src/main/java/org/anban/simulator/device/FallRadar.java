package org.anban.simulator.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anban.simulator.resident.Activity;
import org.anban.simulator.resident.Resident;

/** On the wall, mains powered: sees whether somebody moves. Falls come from scenarios and rare events only. */
final class FallRadar implements DeviceModel {
    private final Resident resident;

    FallRadar(Resident resident) {
        this.resident = resident;
    }

    @Override
    public Report report(Instant moment) {
        Activity activity = resident.activity(moment);
        boolean moving = activity != Activity.ASLEEP && activity != Activity.NAPPING && activity != Activity.WALKING;
        return new Report(Map.of("motion", moving), List.of());
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(60);
    }
}
