package org.anban.gateway.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.anban.contracts.event.Signal;
import org.anban.gateway.dialect.Pushed;
import org.anban.gateway.payload.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values of a name that stands for an event say that it happened. */
class AlarmValuesTest {
    private static final Vocabulary NO_WORDS = new Vocabulary(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "true",
                "2",
                "-1",
                "0.5",
                "\"1\"",
                "\"2\"",
                "\"pressed\"",
                "\"ALARMING\"",
                "\"报警\"",
                "\"YES\"",
                "{\"lat\":39.9}",
                "{}",
                "[1]"
            })
    void anAlarmCountsWhateverItsValueUnlessThatIsAClearNo(String value) {
        assertThat(kinds(NO_WORDS, "{\"sos\":" + value + "}")).containsExactly("sos");
        Vocabulary word = new Vocabulary(List.of(new Word("", "key", "", "smoke")));
        assertThat(kinds(word, "{\"key\":" + value + "}")).containsExactly("smoke");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "false",
                "null",
                "\"\"",
                "\" \"",
                "\"0\"",
                "\"0.0\"",
                "\"False\"",
                "\"off\"",
                "\"NO\"",
                "\"normal\"",
                "\"正常\"",
                "\"否\"",
                "[]"
            })
    void aClearNoIsASignOfLife(String value) {
        assertThat(translated(NO_WORDS, "{\"sos\":" + value + "}"))
                .containsExactly(new OurMessage(Topic.TELEMETRY, "{}"));
    }

    @Test
    void aFallIsTakenBackOnlyByAClearYes() {
        assertThat(kinds(NO_WORDS, "{\"fallCancelled\":true}")).containsExactly("fall-cancelled");
        assertThat(translated(NO_WORDS, "{\"fallCancelled\":\"2 min\"}"))
                .as("passed on, so that it is counted")
                .containsExactly(new OurMessage(Topic.TELEMETRY, "{\"fallCancelled\":\"2 min\"}"));
    }

    @Test
    void whatIsNoAlarmAndSaysNeitherYesNorNoIsPassedOnToBeCounted() {
        assertThat(kinds(NO_WORDS, "{\"doorOpened\":1}")).containsExactly("door-opened");
        assertThat(translated(NO_WORDS, "{\"doorOpened\":\"ajar\"}"))
                .containsExactly(new OurMessage(Topic.TELEMETRY, "{\"doorOpened\":\"ajar\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2.0", "\"2\"", "\"2.0\"", "\" 2 \""})
    void aWordForANumberHoldsHoweverTheNumberIsWritten(String value) {
        Vocabulary word = new Vocabulary(
                List.of(new Word("", "state", "2", "gas"), new Word("", "state", "", Signal.BATTERY.wireName())));
        assertThat(kinds(word, "{\"state\":" + value + "}")).containsExactly("gas");
        assertThat(kinds(word, "{\"state\":20}")).isEmpty();
    }

    @Test
    void aTypeThatIsNotOursIsAValueAmongOthers() {
        assertThat(kinds(NO_WORDS, "{\"type\":\"data\",\"sos\":1}")).containsExactly("sos");
        assertThat(kinds(NO_WORDS, "{\"type\":\"SOS\"}")).containsExactly("SOS");
        assertThat(translated(NO_WORDS, "{\"type\":\"data\",\"heartRate\":72}"))
                .containsExactly(new OurMessage(Topic.TELEMETRY, "{\"type\":\"data\",\"heartRate\":72}"));
        Vocabulary word = new Vocabulary(List.of(new Word("", "type", "panic", "sos")));
        assertThat(kinds(word, "{\"type\":\"panic\"}")).containsExactly("sos");
    }

    private static List<String> kinds(Vocabulary vocabulary, String payload) {
        return translated(vocabulary, payload).stream()
                .filter(message -> message.channel() == Topic.EVENT)
                .map(message -> new JsonObject(message.payload()).getString("type"))
                .toList();
    }

    private static List<OurMessage> translated(Vocabulary vocabulary, String payload) {
        Pushed pushed = new Pushed(List.of("17"), "p-1", new Pushed.Handed(payload, null));
        return vocabulary.translate(pushed, "W1");
    }
}
