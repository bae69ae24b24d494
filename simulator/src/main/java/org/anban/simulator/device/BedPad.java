package org.anban.simulator.device;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.simulator.resident.Resident;
import org.anban.simulator.resident.Vitals;

/** Under the mattress: heart and breath while somebody lies there, and the comings and goings. */
final class BedPad implements DeviceModel {
    private final String device;
    private final Resident resident;
    private boolean known;
    private boolean inBed;

    BedPad(String device, Resident resident) {
        this.device = device;
        this.resident = resident;
    }

    @Override
    public Report report(Instant moment) {
        boolean now = resident.activity(moment).inBed();
        List<String> events = known && now != inBed ? List.of(now ? "bed-entry" : "bed-exit") : List.of();
        known = true;
        inBed = now;
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("inBed", now);
        if (now) {
            Vitals vitals = resident.measured(moment, device);
            values.put("heartRate", (int) vitals.heartRate());
            values.put("respirationRate", (int) vitals.respirationRate());
        }
        return new Report(values, events);
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }
}
