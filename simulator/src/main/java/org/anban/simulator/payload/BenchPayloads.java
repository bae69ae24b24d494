package org.anban.simulator.payload;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Payloads of a watch, about 120 bytes each, encoded once before a load begins. */
public final class BenchPayloads {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private BenchPayloads() {}

    /**
     * Plain objects with values that vary within what is normal for an old person at rest, so that no rule fires.
     *
     * @param latest the newest time; the others lie up to a minute before it
     */
    public static List<byte[]> plain(int count, Instant latest, long seed) {
        Random random = new Random(seed);
        List<byte[]> payloads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            OffsetDateTime at = latest.minus(Duration.ofSeconds(random.nextInt(60)))
                    .atZone(ZONE)
                    .toOffsetDateTime();
            String text = "{\"at\":\"" + TIME.format(at) + "\",\"heartRate\":" + (60 + random.nextInt(30))
                    + ",\"spo2\":"
                    + (95 + random.nextInt(4)) + ",\"respirationRate\":" + (13 + random.nextInt(6)) + ",\"battery\":"
                    + (40 + random.nextInt(60)) + ",\"inBed\":" + random.nextBoolean() + ",\"seq\":" + i + "}";
            payloads.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return List.copyOf(payloads);
    }
}
