package org.anban.simulator.district;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.device.DeviceModel;
import org.anban.simulator.payload.Measurement;
import org.anban.simulator.payload.Payloads;
import org.anban.simulator.resident.Resident;
import org.jspecify.annotations.Nullable;

/**
 * The last 24 hours of heart rate, as a device delivers them that was long without a network: one value each five
 * minutes, four hours to a SenML pack. That is at most seven messages a device, far below what one may send.
 */
final class Backfill {
    private static final Duration SPAN = Duration.ofHours(24);
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int PACK = 48;

    private Backfill() {}

    /** The device that tells a resident's past: the watch, or the bed where there is no watch. */
    static Map<String, DemoDevice> tellers(List<DemoDevice> devices) {
        Map<String, DemoDevice> tellers = new HashMap<>();
        for (DemoDevice device : devices) {
            if (device.ofResident() && device.kind().equals("watch")) {
                tellers.put(device.subject(), device);
            } else if (device.ofResident() && device.kind().equals("bed")) {
                tellers.putIfAbsent(device.subject(), device);
            }
        }
        return tellers;
    }

    /** @param lastSpoke only what came after is told; null if the device never spoke */
    static List<Message> of(DemoDevice device, Resident resident, Instant now, @Nullable Instant lastSpoke) {
        Instant from = now.minus(SPAN);
        if (lastSpoke != null && lastSpoke.isAfter(from)) {
            from = lastSpoke;
        }
        DeviceModel model = DeviceModel.of(device.kind(), device.id(), resident);
        List<Measurement> measured = new ArrayList<>();
        long step = STEP.toSeconds();
        for (long at = (from.getEpochSecond() / step + 1) * step; at < now.getEpochSecond(); at += step) {
            Instant moment = Instant.ofEpochSecond(at);
            Object heartRate = model.report(moment).values().get("heartRate");
            if (heartRate != null) {
                measured.add(new Measurement(moment, new LinkedHashMap<>(Map.of("heartRate", heartRate))));
            }
        }
        List<Message> packs = new ArrayList<>();
        for (int i = 0; i < measured.size(); i += PACK) {
            List<Measurement> part = measured.subList(i, Math.min(measured.size(), i + PACK));
            packs.add(new Message("telemetry", Payloads.senml(device.id(), part)));
        }
        return packs;
    }
}
