package org.anban.log.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.CommandReply;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.subject.SubjectId;

/** Entries of every form, likely and unlikely, the same for the same seed. */
public final class RandomEntries {
    private static final double[] ODD_NUMBERS = {
        0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, -36.65, 1e15, 1 / 3.0
    };
    private static final Instant[] ODD_INSTANTS = {
        Instant.EPOCH,
        Instant.MIN,
        Instant.MAX,
        Instant.parse("1969-12-31T23:59:59.999999999Z"),
        Instant.EPOCH.minusNanos(1)
    };

    private final Random random;
    private Instant received = Instant.parse("2026-01-05T00:00:00.123456Z");

    public RandomEntries(long seed) {
        random = new Random(seed);
    }

    public List<LogEntry> list(int size) {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(next());
        }
        return entries;
    }

    LogEntry next() {
        DeviceId device = new DeviceId("d-" + random.nextInt(20));
        return new LogEntry(device, random.nextInt(5) == 0 ? subject() : SubjectId.resident("r-" + device), event());
    }

    private DeviceEvent event() {
        switch (random.nextInt(4)) {
            case 0:
                ReportKind kind = pick(ReportKind.values());
                return new DeviceReport(
                        time(), kind, text(), random.nextLong(), random.nextBoolean() ? subject() : null);
            case 1:
                return new CommandReply(time(), text(), text());
            default:
                return new Readings(time(), values(), random.nextBoolean() ? within() : null);
        }
    }

    private Duration within() {
        return random.nextInt(9) == 0
                ? Duration.ofSeconds(Long.MIN_VALUE, 7)
                : Duration.ofMillis(random.nextInt(1 << 20));
    }

    private SubjectId subject() {
        return new SubjectId(pick(SubjectId.Kind.values()), pick(new String[] {"a", "住户一", "é", "x".repeat(80)}));
    }

    private String text() {
        return pick(new String[] {"", "done", "好的，马上", "\uD83D", "\0\u00ff", "e".repeat(random.nextInt(300))});
    }

    private SignalValues values() {
        SignalValues.Builder builder = new SignalValues.Builder();
        for (Signal signal : Signal.values()) {
            if (random.nextInt(4) == 0) {
                builder.put(signal, number());
            }
        }
        return builder.build();
    }

    private double number() {
        switch (random.nextInt(4)) {
            case 0:
                return ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)];
            case 1:
                return random.nextGaussian() * 1000;
            default:
                return random.nextInt(400_000) / Math.pow(10, random.nextInt(7));
        }
    }

    private EventTime time() {
        received = received.plusNanos(pick(new Long[] {0L, 1L, 999L, 1_000L, 5_000_000L, -3_000_000L}));
        Instant other = random.nextInt(6) == 0 ? pick(ODD_INSTANTS) : received.minusMillis(random.nextInt(1 << 30));
        switch (random.nextInt(4)) {
            case 0:
                return EventTime.received(received);
            case 1:
                return new EventTime(other, received, other);
            case 2:
                return new EventTime(received, received, other);
            default:
                return new EventTime(other, pick(ODD_INSTANTS), random.nextBoolean() ? received : null);
        }
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }
}
