package org.anban.gateway.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.junit.jupiter.api.Test;

class BlockTest {
    private static final Instant HOUR = Instant.parse("2026-01-05T04:00:00Z");

    @Test
    void whatIsPackedComesBackToTheBit() {
        Random random = new Random(4);
        List<Readings> packed = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            packed.add(any(random));
        }
        BlockWriter writer = new BlockWriter(HOUR);
        packed.forEach(writer::add);

        assertThat(writer.count()).isEqualTo(packed.size());
        BlockReader reader = reader(writer);
        for (Readings each : packed) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.at()).isEqualTo(each.time().at());
            assertThat(reader.values()).isEqualTo(each.values());
            assertThat(reader.deviceAt())
                    .isEqualTo(each.time().clockWrong() ? each.time().deviceAt() : null);
            boolean late = each.time().receivedAt().isAfter(each.time().at().plusSeconds(60));
            assertThat(reader.receivedAt()).isEqualTo(late ? each.time().receivedAt() : null);
            for (Signal signal : Signal.values()) {
                assertThat(Double.compare(reader.value(signal), each.values().get(signal)))
                        .isZero();
            }
        }
        assertThat(reader.next()).isFalse();
    }

    @Test
    void aWatchThatReportsEachMinuteTakesFewOctetsAReading() {
        BlockWriter writer = new BlockWriter(HOUR);
        for (int i = 0; i < 60; i++) {
            Instant at = HOUR.plusSeconds(i * 60L);
            writer.add(new Readings(
                    EventTime.received(at),
                    SignalValues.of(Map.of(
                            Signal.HEART_RATE,
                            70.0 + i % 7,
                            Signal.SPO2,
                            97.0,
                            Signal.BATTERY,
                            80.0,
                            Signal.IN_BED,
                            1.0)),
                    null));
        }
        assertThat(writer.size()).isLessThan(60 * 12);
    }

    @Test
    void aDamagedBlockIsToldFromAWholeOne() {
        BlockWriter writer = new BlockWriter(HOUR);
        writer.add(
                new Readings(EventTime.received(HOUR), SignalValues.of(Map.of(Signal.LATITUDE, 39.123456789)), null));
        byte[] whole = Arrays.copyOf(writer.bytes(), writer.size());

        for (int length = 1; length < whole.length; length++) {
            BlockReader cut = new BlockReader(HOUR, Arrays.copyOf(whole, length));
            assertThatThrownBy(cut::next).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] endless = new byte[12];
        Arrays.fill(endless, (byte) 0xFF);
        assertThatThrownBy(new BlockReader(HOUR, endless)::next).isInstanceOf(IllegalArgumentException.class);
    }

    private static BlockReader reader(BlockWriter writer) {
        return new BlockReader(HOUR, Arrays.copyOf(writer.bytes(), writer.size()));
    }

    private static Readings any(Random random) {
        Duration offset =
                switch (random.nextInt(3)) {
                    case 0 -> Duration.ofSeconds(random.nextInt(3_600));
                    case 1 -> Duration.ofMillis(random.nextInt(3_600_000));
                    default -> Duration.ofNanos(random.nextInt(3_600_000) * 1_001_000L);
                };
        Instant at = HOUR.plus(offset);
        Instant received = at.plusSeconds(random.nextInt(120));
        Instant device = random.nextInt(4) == 0 ? at.plusSeconds(random.nextInt(100_000) - 50_000) : at;
        SignalValues.Builder values = new SignalValues.Builder();
        for (Signal signal : Signal.values()) {
            switch (random.nextInt(5)) {
                case 0 -> values.put(signal, random.nextInt(300));
                case 1 -> values.put(signal, random.nextInt(3_000) / 10.0);
                case 2 -> values.put(signal, random.nextGaussian() * 1e6);
                default -> {}
            }
        }
        return new Readings(new EventTime(at, received, device), values.build(), null);
    }
}
