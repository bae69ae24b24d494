package org.anban.simulator.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Buttons, smoke and gas detectors: silent but for a sign of life. */
final class Heartbeat implements DeviceModel {
    private final Battery battery;

    Heartbeat(String device) {
        this.battery = new Battery(device);
    }

    @Override
    public Report report(Instant moment) {
        return new Report(Map.of("battery", battery.longLife(moment)), List.of());
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }
}
