package org.anban.simulator.device;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.simulator.resident.Resident;
import org.anban.simulator.resident.Vitals;

/** On the wrist, but for an hour at the charger each day: then it measures nothing and says that it is not worn. */
final class Watch implements DeviceModel {
    private final String device;
    private final Resident resident;
    private final Battery battery;
    private boolean known;
    private boolean worn;

    Watch(String device, Resident resident) {
        this.device = device;
        this.resident = resident;
        this.battery = new Battery(device);
    }

    @Override
    public Report report(Instant moment) {
        boolean on = !battery.charging(moment);
        List<String> events = known && on != worn ? List.of(on ? "worn" : "taken-off") : List.of();
        known = true;
        worn = on;
        Map<String, Object> values = new LinkedHashMap<>();
        if (on) {
            Vitals vitals = resident.measured(moment, device);
            values.put("heartRate", (int) vitals.heartRate());
            values.put("spo2", (int) vitals.spo2());
            values.put("respirationRate", (int) vitals.respirationRate());
        }
        values.put("steps", resident.steps(moment));
        values.put("worn", on);
        values.put("battery", battery.rechargeable(moment));
        return new Report(values, events);
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }
}
