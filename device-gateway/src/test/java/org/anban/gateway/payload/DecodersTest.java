package org.anban.gateway.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.Golden;
import org.anban.gateway.clock.TimeRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DecodersTest {
    private static final Instant RECEIVED = Instant.parse("2026-01-05T00:30:00Z");
    private static final Instant MOVED = Instant.parse("2026-01-03T00:00:00Z");
    private static final DeviceProfile WATCH = new DeviceProfile(
            new DeviceId("w-1"),
            "watch",
            "W1",
            false,
            Duration.ofMinutes(5),
            List.of(
                    new Binding(SubjectId.resident("r-before"), Instant.EPOCH, MOVED),
                    new Binding(SubjectId.resident("r-now"), MOVED, null)));

    private final Decoders decoders = new Decoders(TimeRules.DEFAULT);

    @TestFactory
    Stream<DynamicTest> everyGoldenPayloadMeansWhatItMeant() throws IOException {
        return Golden.inputs("payload").stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    String actual = decode(topic(file), Files.readAllBytes(file));
                    assertThat(actual).isEqualTo(Golden.expected(file, actual));
                }));
    }

    @Test
    void noBytesWhateverMakeADecoderThrowAnythingElse() throws IOException {
        Random random = new Random(20260105);
        for (Path file : Golden.inputs("payload")) {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < 300; i++) {
                byte[] spoilt = bytes.clone();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
                }
                assertThat(decode(topic(file), spoilt)).isNotEmpty();
            }
        }
    }

    @Test
    void theSameIdWithAnotherPayloadHasAnotherDigest() {
        assertThat(digest("{\"id\":\"1\",\"type\":\"sos\"}"))
                .isEqualTo(digest("{\"id\":\"1\",\"type\":\"sos\"}"))
                .isNotEqualTo(digest("{\"id\":\"1\",\"type\":\"fall\"}"));
    }

    private long digest(String payload) {
        Collected found = new Collected();
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        try {
            decoders.decode(Topic.EVENT, bytes, bytes.length, WATCH, RECEIVED, found);
        } catch (UnusablePayload e) {
            throw new AssertionError(e);
        }
        return ((DeviceReport) found.last()).digest();
    }

    private String decode(Topic topic, byte[] bytes) {
        Collected found = new Collected();
        try {
            decoders.decode(topic, bytes, bytes.length, WATCH, RECEIVED, found);
        } catch (UnusablePayload e) {
            return "refused " + e.reason() + ": " + e.getMessage() + "\n";
        }
        return found.toString();
    }

    private static Topic topic(Path file) {
        return Topic.valueOf(name(file).replaceAll("-.*", "").toUpperCase(Locale.ROOT));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
