package org.anban.simulator.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anban.simulator.resident.Activity;
import org.anban.simulator.resident.Resident;
import org.anban.simulator.resident.Vitals;

/** Not a test: writes the sample {@code night}, an invented night with a stumble on the way back from the bathroom. */
final class NightSample {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant EVENING =
            LocalDateTime.of(2026, 1, 5, 20, 30).atZone(ZONE).toInstant();
    private static final int SECONDS = 10 * 3_600;

    private NightSample() {}

    public static void main(String[] arguments) throws Exception {
        Resident resident = new Resident(Long.parseLong(arguments[1]), "resident:sample", ZONE);
        List<String> lines = new ArrayList<>();
        Activity before = resident.activity(EVENING);
        boolean stumbled = false;
        for (int second = 0; second <= SECONDS; second += 10) {
            Instant at = EVENING.plusSeconds(second);
            Activity now = resident.activity(at);
            if (now.inBed() != before.inBed()) {
                lines.add(event(second, now.inBed() ? "bed-entry" : "bed-exit"));
            }
            if (!stumbled && before == Activity.AT_THE_BATHROOM && now == Activity.ASLEEP) {
                lines.add(lines.size() - 1, event(second - 40, "fall"));
                lines.add(lines.size() - 1, event(second - 27, "fall-cancelled"));
                stumbled = true;
            }
            if (second % 300 == 0 || now.inBed() != before.inBed()) {
                lines.add(telemetry(second, now, resident.measured(at, "sample")));
            }
            before = now;
        }
        Files.write(Path.of(arguments[0]), lines);
    }

    private static String telemetry(int second, Activity activity, Vitals vitals) {
        return String.format(
                Locale.ROOT,
                "{\"t\":%d,\"topic\":\"telemetry\",\"payload\":{\"heartRate\":%.0f,\"spo2\":%.0f,"
                        + "\"respirationRate\":%.0f,\"inBed\":%s}}",
                second,
                vitals.heartRate(),
                vitals.spo2(),
                vitals.respirationRate(),
                activity.inBed());
    }

    private static String event(int second, String type) {
        return "{\"t\":" + second + ",\"topic\":\"event\",\"payload\":{\"type\":\"" + type + "\"}}";
    }
}
