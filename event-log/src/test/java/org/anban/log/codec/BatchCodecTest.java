package org.anban.log.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.subject.SubjectId;
import org.junit.jupiter.api.Test;

final class BatchCodecTest {
    private static final String GOLDEN = "0102" // version, count
            + "4000" + "06772d31" + "0000" + "06722d31" // a new device, a new resident
            + "0380fcd7950dc0a9d33a" + "0b" + "8009" + "900c" + "e12d" // a far time, three signals, 72, 97, 36.6
            + "0000" + "f961" + "0b" + "8009" + "900c" + "e12d" // the same two, 1567 microseconds later
            + "cc5d2200";

    @Test
    void whatIsPutInComesOutToTheLastBit() {
        for (int seed = 0; seed < 300; seed++) {
            List<LogEntry> entries = new RandomEntries(seed).list(seed);
            assertThat(BatchCodec.decode(BatchCodec.encode(entries))).isEqualTo(entries);
        }
    }

    @Test
    void theStoredFormOfVersion1DoesNotChange() {
        List<LogEntry> entries = List.of(
                readings("w-1", "r-1", Instant.parse("2026-01-05T00:00:00.123Z")),
                readings("w-1", "r-1", Instant.parse("2026-01-05T00:00:00.124567Z")));
        assertThat(HexFormat.of().formatHex(BatchCodec.encode(entries))).isEqualTo(GOLDEN);
        assertThat(BatchCodec.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(entries);
    }

    @Test
    void aBodyThatIsCutOffAnywhereIsRefused() {
        byte[] body = BatchCodec.encode(new RandomEntries(7).list(30));
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> BatchCodec.decode(cut)).isInstanceOf(DamagedBatchException.class);
        }
    }

    @Test
    void aBodyWithAnyBitTurnedIsRefused() {
        byte[] body = BatchCodec.encode(new RandomEntries(8).list(10));
        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] turned = body.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> BatchCodec.decode(turned)).isInstanceOf(DamagedBatchException.class);
        }
    }

    @Test
    void aBodyThatIsWrongUnderARightChecksumIsRefusedOrReadButNeverRunsAway() {
        Random random = new Random(9);
        byte[] body = BatchCodec.encode(new RandomEntries(9).list(20));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = body.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                changed[1 + random.nextInt(body.length - 5)] = (byte) pick(random);
            }
            try {
                assertThat(BatchCodec.decode(sealed(changed))).hasSizeLessThan(body.length);
            } catch (DamagedBatchException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aCountAboveWhatTheBodyCanHoldIsRefusedBeforeRoomIsMadeForIt() {
        byte[] body = {1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 0, 0, 0};
        assertThatThrownBy(() -> BatchCodec.decode(sealed(body)))
                .isInstanceOf(DamagedBatchException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void aBodyOfALaterVersionIsNotGuessedAt() {
        byte[] body = BatchCodec.encode(List.of());
        body[0] = 2;
        assertThatThrownBy(() -> BatchCodec.decode(sealed(body)))
                .isInstanceOf(DamagedBatchException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void aUsualReadingTakesLittleRoom() {
        List<LogEntry> entries = new ArrayList<>();
        Instant at = Instant.parse("2026-01-05T00:00:00.123456Z");
        for (int i = 0; i < 1_000; i++) {
            entries.add(readings("watch-" + i % 100, "r-" + i % 100, at.plusNanos(i * 10_000L)));
        }
        assertThat(BatchCodec.encode(entries).length / 1_000.0).isLessThan(16);
    }

    private static LogEntry readings(String device, String resident, Instant at) {
        SignalValues values = new SignalValues.Builder()
                .put(Signal.HEART_RATE, 72)
                .put(Signal.SPO2, 97)
                .put(Signal.BODY_TEMPERATURE, 36.6)
                .build();
        return new LogEntry(
                new DeviceId(device), SubjectId.resident(resident), new Readings(EventTime.received(at), values, null));
    }

    private static int pick(Random random) {
        return random.nextBoolean() ? random.nextInt(256) : random.nextBoolean() ? 0xff : 0x80;
    }

    private static byte[] sealed(byte[] body) {
        int end = body.length - Integer.BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(body, 0, end);
        byte[] sealed = body.clone();
        for (int i = 0; i < Integer.BYTES; i++) {
            sealed[end + i] = (byte) (checksum.getValue() >>> 24 - 8 * i);
        }
        return sealed;
    }
}
