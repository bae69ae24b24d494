package org.anban.gateway.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.Golden;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.dialect.Dialect;
import org.anban.gateway.dialect.Pushed;
import org.anban.gateway.payload.Collected;
import org.anban.gateway.payload.Decoders;
import org.anban.gateway.payload.UnusablePayload;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What platforms push, and what becomes of it on our wire. */
class PushedPayloadsTest {
    private static final Vocabulary WORDS = new Vocabulary(List.of(
            new Word("", "hr", "", "heartRate"),
            new Word("", "sos_key", "", "sos"),
            new Word("", "sosAlarm", "", "sos"),
            new Word("", "1001", "", "fall"),
            new Word("", "smoke_state", "1", "smoke"),
            new Word("", "Power.level", "", "battery"),
            new Word("", "Alarm_Status", "2", "smoke"),
            new Word("W2", "Alarm_Status", "2", "gas"),
            new Word("", "Alarm_Status", "", "ignore"),
            new Word("", "CSQ", "", "ignore"),
            new Word("", "Battery_Level", "", "battery")));

    private static final Instant RECEIVED = Instant.parse("2026-01-05T00:30:00Z");
    private static final DeviceProfile DEVICE = new DeviceProfile(
            new DeviceId("d-1"),
            "watch",
            "W1",
            false,
            Duration.ofMinutes(5),
            List.of(new Binding(SubjectId.resident("r-1"), Instant.EPOCH, null)));

    @TestFactory
    Stream<DynamicTest> everyGoldenPushMeansWhatItMeant() throws IOException {
        return Golden.inputs("push").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String actual = translated(dialect(file), Files.readString(file));
                    assertThat(actual).isEqualTo(Golden.expected(file, actual));
                }));
    }

    @Test
    void theSameBytesAreTheSameMessagesAgain() throws Exception {
        for (Path file : Golden.inputs("push")) {
            String body = Files.readString(file);
            assertThat(translated(dialect(file), body)).isEqualTo(translated(dialect(file), body));
        }
    }

    @Test
    void noBytesWhateverMakeADialectThrowAnythingElse() throws IOException {
        Random random = new Random(20260105);
        for (Path file : Golden.inputs("push")) {
            String body = Files.readString(file);
            for (int i = 0; i < 300; i++) {
                StringBuilder spoilt = new StringBuilder(body);
                for (int n = random.nextInt(4); n >= 0; n--) {
                    spoilt.setCharAt(random.nextInt(spoilt.length()), (char) random.nextInt(128));
                }
                spoilt.setLength(random.nextInt(spoilt.length()) + 1);
                tolerated(dialect(file), spoilt.toString());
                tolerated(dialect(file), spoilt + body);
            }
        }
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String deep = "[".repeat(100_000);
        for (String name : List.of("onenet", "ctwing", "huawei", "anban")) {
            Dialect dialect = Dialect.ofName(name).orElseThrow();
            assertThatThrownBy(() -> dialect.read("{\"msg\":" + deep)).isInstanceOf(UnusablePayload.class);
        }
    }

    @Test
    void aWordForTheModelWeighsMoreThanOneForAll() throws Exception {
        Path file = Path.of("src/test/resources/push/ctwing-service-data.json");
        Pushed pushed = dialect(file).read(Files.readString(file)).get(0);
        assertThat(WORDS.translate(pushed, "W1").get(0).payload()).contains("\"type\":\"smoke\"");
        assertThat(WORDS.translate(pushed, "W2").get(0).payload()).contains("\"type\":\"gas\"");
    }

    @Test
    void aPushOfWhichNothingIsReadIsRefusedOrCounted() throws Exception {
        Dialect own = Dialect.ofName("anban").orElseThrow();
        for (String body : List.of("{\"message\":[{}]}", "{\"messages\":\"[{}]\"}", "{\"messages\":null}", "{}")) {
            assertThatThrownBy(() -> own.read(body)).as(body).isInstanceOf(UnusablePayload.class);
        }
        assertThat(own.read("{\"messages\":[]}")).isEmpty();
        assertThat(own.read("{\"messages\":[7,\"seven\",null,[]]}"))
                .hasSize(4)
                .allMatch(pushed -> pushed.content() instanceof Pushed.NotUnderstood);
        assertThat(content("ctwing", "[\"dataReport\"]")).isInstanceOf(Pushed.NotUnderstood.class);
        assertThat(content("onenet", "{\"msg\":[1]}")).isInstanceOf(Pushed.NotUnderstood.class);
        assertThat(content("huawei", "[true]")).isInstanceOf(Pushed.NotUnderstood.class);
    }

    @Test
    void anItemThatIsAnObjectAsTextIsRead() throws Exception {
        Pushed.Content item = content(
                "anban",
                "{\"messages\":[\"{\\\"device\\\":\\\"17\\\",\\\"topic\\\":\\\"event\\\",\\\"payload\\\":\\\"p\\\"}\"]}");
        assertThat(item).isEqualTo(new Pushed.Ours("event", "p"));
        String report =
                "{\"resource\":\"device.property\",\"event\":\"report\",\"notify_data\":{\"body\":{\"services\":%s}}}";
        assertThat(values(report.formatted("[\"{\\\"properties\\\":{\\\"sos\\\":1}}\"]")))
                .containsExactly(new Pushed.Value("", "sos", 1, null));
        assertThat(values(report.formatted("[1]"))).containsExactly(new Pushed.Value("", "services", 1, null));
        assertThat(values(report.formatted("\"none\"")))
                .as("passed on, so that it is counted")
                .containsExactly(new Pushed.Value("", "services", "none", null));
    }

    private static List<Pushed.Value> values(String body) throws UnusablePayload {
        return ((Pushed.Values) content("huawei", body)).values();
    }

    @Test
    void onlyAClearOfflineIsOne() throws Exception {
        assertThat(content("ctwing", "{\"messageType\":\"deviceOnlineOfflineReport\",\"eventType\":2}"))
                .isInstanceOf(Pushed.NotUnderstood.class);
        assertThat(content("onenet", "{\"msg\":{\"type\":2,\"status\":2}}")).isInstanceOf(Pushed.NotUnderstood.class);
        assertThat(
                        content(
                                "onenet",
                                "{\"msg\":\"{\\\"messageType\\\":\\\"lifecycle\\\",\\\"data\\\":{\\\"status\\\":\\\"sleeping\\\"}}\"}"))
                .isInstanceOf(Pushed.NotUnderstood.class);
    }

    private static Pushed.Content content(String dialect, String body) throws UnusablePayload {
        return Dialect.ofName(dialect).orElseThrow().read(body).get(0).content();
    }

    @Test
    void aWordMustMeanSomethingOnOurWire() {
        assertThatThrownBy(() -> new Word("", "hr", "", "pulse")).isInstanceOf(CareException.class);
        assertThatThrownBy(() -> new Word("", "", "", "sos")).isInstanceOf(CareException.class);
        assertThatThrownBy(() -> new Word("", "hr", "72", "heartRate")).isInstanceOf(CareException.class);
    }

    private static void tolerated(Dialect dialect, String body) {
        try {
            translated(dialect, body);
        } catch (UnusablePayload expected) {
            assertThat(expected.reason()).isNotNull();
        }
    }

    private static Dialect dialect(Path file) {
        String name = file.getFileName().toString();
        return Dialect.ofName(name.substring(0, name.indexOf('-'))).orElseThrow();
    }

    private static String translated(Dialect dialect, String body) throws UnusablePayload {
        return dialect.read(body).stream()
                .map(pushed ->
                        pushed.numbers() + " " + pushed.content().getClass().getSimpleName() + "\n" + ours(pushed))
                .collect(Collectors.joining());
    }

    private static String ours(Pushed pushed) {
        return WORDS.translate(pushed, "W1").stream()
                .map(message -> "  " + message.channel() + " " + readable(message.payload()) + "\n" + decoded(message))
                .collect(Collectors.joining());
    }

    private static String decoded(OurMessage message) {
        Collected found = new Collected();
        byte[] bytes = message.payload().getBytes(StandardCharsets.UTF_8);
        try {
            new Decoders(TimeRules.DEFAULT).decode(message.channel(), bytes, bytes.length, DEVICE, RECEIVED, found);
        } catch (UnusablePayload e) {
            return "    refused " + e.reason() + ": " + readable(String.valueOf(e.getMessage())) + "\n";
        }
        return found.toString()
                .lines()
                .map(line -> "    " + readable(line) + "\n")
                .collect(Collectors.joining());
    }

    private static String readable(String text) {
        return text.replaceAll("[\\p{Cntrl}\ufffd]", ".");
    }
}
