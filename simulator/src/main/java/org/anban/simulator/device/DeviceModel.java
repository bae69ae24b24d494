package org.anban.simulator.device;

import java.time.Duration;
import java.time.Instant;
import org.anban.simulator.resident.Resident;

/** A kind of device. Not thread-safe: it may remember what it said last. */
public interface DeviceModel {
    /** What it has to say at a moment of the residents' day. */
    Report report(Instant moment);

    /** How often it speaks. */
    Duration every();

    /** @param kind as in demo.json; one that is not known here is alive and says so, and nothing more */
    static DeviceModel of(String kind, String device, Resident resident) {
        return switch (kind) {
            case "watch" -> new Watch(device, resident);
            case "bed" -> new BedPad(device, resident);
            case "fall" -> new FallRadar(resident);
            default -> new Heartbeat(device);
        };
    }
}
