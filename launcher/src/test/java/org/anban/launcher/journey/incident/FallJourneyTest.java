package org.anban.launcher.journey.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Case;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.LiveConsole;
import org.anban.launcher.journey.PlainSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fall, its wearer's word and the silence after it. */
@Timeout(120)
class FallJourneyTest {
    private static final String RESIDENT = "resident:r-003";
    private static final String WATCH = "w-0003";
    private static final String FALL = "{\"type\":\"fall\",\"id\":\"%s\"}";
    private static final String CANCELLED = "{\"type\":\"fall-cancelled\",\"id\":\"%s\"}";

    private static District district;

    @BeforeAll
    static void start() {
        district = District.open();
    }

    @AfterAll
    static void stop() {
        district.close();
    }

    @AfterEach
    void clear() {
        district.clear();
        district.passSeconds(1200);
    }

    @Test
    void aFallThatIsCancelledInTimeRingsNobody() {
        LiveConsole console = district.console("operator1");
        district.event(WATCH, "fall");
        JsonObject row = district.operator().awaitOpen(RESIDENT);
        assertThat(row.getString("state")).isEqualTo("CANDIDATE");
        assertThat(row.getBoolean("ring")).isFalse();
        district.passSeconds(50);

        district.event(WATCH, "fall-cancelled");
        console.awaitChange(
                row.getString("id"), change -> change.getString("state").equals("CANCELLED"));
        district.passSeconds(120);
        assertThat(console.rings(row.getString("id"))).isZero();
        Case record = district.open(row.getString("id"));
        assertThat(record.storyKinds()).containsExactly("OPENED", "CANCELLED");
        assertThat(record.text("disposition")).isEqualTo("CANCELLED_BY_USER");
    }

    @Test
    void silenceConfirmsAFall() {
        LiveConsole console = district.console("operator1");
        district.event(WATCH, "fall");
        String id = district.operator().awaitOpen(RESIDENT).getString("id");
        district.passSeconds(59);
        assertThat(district.operator().row(id).getString("state")).isEqualTo("CANDIDATE");
        district.passSeconds(1);

        JsonObject row = district.operator().row(id);
        assertThat(row.getString("state")).isEqualTo("OPEN");
        assertThat(row.getString("priority")).isEqualTo("P1");
        console.awaitRing(id);

        district.event(WATCH, "fall-cancelled");
        Eventually.until("the cancel is told", () -> district.open(id).storyKinds().stream()
                .anyMatch(kind -> kind.equals("REMARK") || kind.equals("CANCEL_TOLD")));
        assertThat(district.operator().row(id).getString("state"))
                .as("only a person ends it now")
                .isEqualTo("OPEN");
    }

    @Test
    void aCancelThatCameFirstEndsItsFall() {
        district.device(WATCH).publish("event", CANCELLED.formatted("f-1"));
        district.device(WATCH).publish("event", FALL.formatted("f-1"));
        assertCancelled();
    }

    @Test
    void aFallAndItsCancelMayComeInOneBatch() throws IOException {
        together(FALL.formatted("f-2"), CANCELLED.formatted("f-2"));
        assertCancelled();
    }

    @Test
    void inOneBatchTheCancelMayComeFirst() throws IOException {
        together(CANCELLED.formatted("f-3"), FALL.formatted("f-3"));
        assertCancelled();
    }

    @Test
    void aModelThatCountedDownItselfIsConfirmedAtOnce() {
        district.event("w-0004", "fall");
        JsonObject row = district.operator().awaitOpen("resident:r-004");
        assertThat(row.getString("state")).isEqualTo("OPEN");
        assertThat(row.getString("priority")).isEqualTo("P1");
        assertThat(row.getBoolean("ring")).isTrue();
    }

    @Test
    void aCancelNeverClosesWhatAPersonHasTaken() {
        district.event(WATCH, "fall");
        String id = district.operator().awaitOpen(RESIDENT).getString("id");
        district.operator().take(id);
        district.event(WATCH, "fall-cancelled");
        Eventually.until("it is told", () -> district.open(id).storyKinds().contains("CANCEL_TOLD"));
        assertThat(district.operator().row(id).getString("state")).isEqualTo("TAKEN");
        district.passSeconds(70);
        assertThat(district.operator().row(id).getString("state")).isEqualTo("TAKEN");
    }

    @Test
    void aFallThatWasTakenAndNotCancelledIsConfirmedUnderTheOperatorsHand() {
        LiveConsole console = district.console("operator1");
        district.event(WATCH, "fall");
        String id = district.operator().awaitOpen(RESIDENT).getString("id");
        district.operator().take(id);
        district.passSeconds(60);
        console.awaitChange(
                id,
                change -> change.getString("state").equals("TAKEN")
                        && change.getString("priority").equals("P1")
                        && change.getBoolean("ring"));
    }

    private static void together(String... payloads) throws IOException {
        try (PlainSocket socket = PlainSocket.logIn(district.system().system().mqttPort(), district.device(WATCH))) {
            socket.publishTogether("event", List.of(payloads));
            for (int i = 0; i < payloads.length; i++) {
                assertThat(socket.next()).startsWith("40");
            }
        }
    }

    private static void assertCancelled() {
        Eventually.until(
                "the fall has come and gone", () -> ofResident("CANCELLED").size() == 1);
        assertThat(district.operator().openOf(RESIDENT)).isEmpty();
        district.passSeconds(120);
        assertThat(district.operator().openOf(RESIDENT)).isEmpty();
        assertThat(district.open(ofResident("CANCELLED").get(0).getString("id")).storyKinds())
                .containsExactly("OPENED", "CANCELLED");
    }

    /** Of the last minutes: tests are twenty minutes apart. */
    private static List<JsonObject> ofResident(String state) {
        return district.operator().incidents("closed").stream()
                .filter(row -> row.getString("subject").equals(RESIDENT)
                        && row.getString("state").equals(state)
                        && Instant.parse(row.getString("openedAt"))
                                .isAfter(district.now().minusSeconds(600)))
                .toList();
    }
}
