package org.anban.gateway.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.Line;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.gateway.Golden;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Collected;
import org.anban.gateway.payload.Decoders;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.topic.Topics;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FamiliesTest {
    private static final Instant RECEIVED = Instant.parse("2026-01-05T00:30:00Z");
    private static final DeviceProfile WATCH = device("k-1", "watch", "kati", SenderKind.DEVICE);

    private final Decoders decoders = new Decoders(TimeRules.DEFAULT);

    @TestFactory
    Stream<DynamicTest> everyGoldenPayloadOfAFamilyMeansWhatItMeant() throws IOException {
        return Golden.inputs("family").stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    String actual = decode(file, Files.readAllBytes(file));
                    assertThat(actual).isEqualTo(Golden.expected(file, actual));
                }));
    }

    @Test
    void noBytesWhateverMakeAFamilysDecoderThrowAnythingElse() throws IOException {
        Random random = new Random(20260105);
        for (Path file : Golden.inputs("family")) {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < 300 && bytes.length > 0; i++) {
                byte[] spoilt = bytes.clone();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
                }
                assertThat(decode(file, spoilt)).isNotNull();
            }
        }
    }

    @Test
    void timesWithoutAZoneAreTheModels() throws Exception {
        DeviceProfile bangkok = new DeviceProfile(
                new DeviceId("k-2"),
                new DeviceModel("watch", "kati", false, Duration.ofMinutes(15), "kati", ZoneId.of("Asia/Bangkok")),
                Standing.IN_USE,
                Line.OWN,
                List.of());
        Collected found = new Collected().lists("1", bangkok);
        byte[] bytes = utf8("{\"IMEI\":\"1\",\"heartRate\":70,\"timeStamps\":\"05/01/2026 07:29:45\"}");
        Address address = topics("kati").find("iMEDE_watch/VitalSign");
        decoders.decode(address.channel(), bytes, bytes.length, WATCH, RECEIVED, found);
        assertThat(found.last().time().at()).isEqualTo(Instant.parse("2026-01-05T00:29:45Z"));
    }

    @Test
    void aFriendlyNameMayHaveSlashesAndTheBridgeIsNoChild() {
        Topics topics = topics("zigbee2mqtt");
        assertThat(topics.find("zigbee2mqtt/bath/smoke").child()).isEqualTo("bath/smoke");
        assertThat(topics.find("zigbee2mqtt/bridge/logging").child()).isEmpty();
        assertThat(topics.find("zigbee2mqtt/bath/smoke/availability").child()).isEmpty();
        assertThat(topics.find("zigbee2mqtt/")).isNull();
        assertThat(topics.find("homeassistant/sensor")).isNull();
        assertThat(topics.mayListen("zigbee2mqtt/#")).isTrue();
        assertThat(topics.mayListen("#")).isFalse();
    }

    @Test
    void everySenderHasItsOwnTopicsToo() {
        assertThat(topics("zigbee2mqtt").find("care/v1/hub-1/event")).isSameAs(Topic.EVENT.address());
        assertThat(topics("kati").find("care/v1/other/event")).isNull();
        assertThat(topics("nobody knows this one").find("care/v1/hub-1/event")).isSameAs(Topic.EVENT.address());
    }

    private String decode(Path file, byte[] bytes) {
        String[] parts = name(file).replace(".json", "").split("-");
        boolean zigbee = parts[0].equals("zigbee");
        Address address = zigbee
                ? topics("zigbee2mqtt").find("zigbee2mqtt/x")
                : topics("kati").find("iMEDE_watch/" + parts[1]);
        DeviceProfile device = zigbee
                ? device("z-1", parts[1], "zigbee2mqtt", SenderKind.DEVICE)
                : device("a-1", "account", "kati", SenderKind.ACCOUNT);
        Collected found = new Collected().lists("865067123456789", WATCH);
        try {
            decoders.decode(address.channel(), bytes, bytes.length, device, RECEIVED, found);
        } catch (UnusablePayload e) {
            return "refused " + e.reason() + ": " + e.getMessage() + "\n";
        }
        return found.toString();
    }

    private static Topics topics(String family) {
        return Families.topicsOf(device("hub-1", "hub", family, SenderKind.RELAY));
    }

    private static DeviceProfile device(String id, String kind, String family, SenderKind sender) {
        return new DeviceProfile(
                new DeviceId(id),
                new DeviceModel(kind, "m", false, Duration.ofMinutes(5), family, ZoneId.of("Asia/Shanghai")),
                Standing.IN_USE,
                new Line(sender, "", null),
                List.of());
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
