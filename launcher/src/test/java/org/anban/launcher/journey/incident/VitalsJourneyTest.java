package org.anban.launcher.journey.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.anban.alert.detection.Detector;
import org.anban.contracts.event.Lane;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Caller;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.LiveConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What readings say, and what their absence says. */
@Timeout(120)
class VitalsJourneyTest {
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
    }

    @Test
    void aHeartRateThatStaysOutOfLimitsOpensAnIncidentAndOneReadingDoesNot() {
        LiveConsole console = district.console("operator1");
        heartRate("w-0010", 150);
        heartRate("w-0010", 72);
        heartRate("w-0011", 150);
        heartRate("w-0011", 152);
        heartRate("w-0011", 149);

        JsonObject row = district.operator().awaitOpen("resident:r-011");
        assertThat(row.getString("kind")).isEqualTo("HEART_RATE_HIGH");
        assertThat(row.getString("priority")).isEqualTo("P2");
        console.awaitRing(row.getString("id"));
        assertThat(district.operator().openOf("resident:r-010")).isEmpty();
        assertThat(row.encode()).as("no health in a queue").doesNotContain("149");
        assertThat(district.open(row.getString("id")).list("signals").get(0).getString("text"))
                .contains("149", "above");
    }

    @Test
    void aResidentsOwnLimitsCount() {
        for (int value : List.of(89, 89, 89)) {
            reading("w-0006", "spo2", value);
            reading("w-0007", "spo2", value);
        }
        assertThat(district.operator().awaitOpen("resident:r-007").getString("kind"))
                .isEqualTo("SPO2_LOW");
        awaitEvaluated();
        assertThat(district.operator().openOf("resident:r-006"))
                .as("his is often at 90")
                .isEmpty();
    }

    @Test
    void noReadingIsNoHeartRateOfZero() {
        for (int i = 0; i < 4; i++) {
            heartRate("w-0013", 0);
            heartRate("w-0013", 255);
        }
        awaitEvaluated();
        assertThat(district.operator().openOf("resident:r-013")).isEmpty();
    }

    @Test
    void lateReadingsAreStoredInTheirPlaceAndOpenNothing() {
        for (int minutes : List.of(95, 94, 93)) {
            district.device("w-0014")
                    .publish(
                            "telemetry",
                            "{\"heartRate\":160,\"at\":\"" + district.now().minus(Duration.ofMinutes(minutes)) + "\"}");
        }
        Eventually.until("they are stored", () -> heartRates("r-014").size() == 3);
        awaitEvaluated();
        assertThat(district.operator().openOf("resident:r-014")).isEmpty();
    }

    @Test
    void aDeviceThatFallsSilentIsOnTheListOfTheNextWorkingDay() {
        district.device("w-0015").publish("telemetry", "[{\"bn\":\"w-0015:\",\"n\":\"heartRate\",\"v\":70,\"ut\":10}]");
        Eventually.until("silence is noticed", Duration.ofSeconds(60), () -> {
            long newest = district.system().system().events().newest(Lane.TELEMETRY);
            district.passSeconds(10);
            awaitEvaluated(newest + 1);
            return district.operator().openOf("resident:r-015").isPresent();
        });
        JsonObject row = district.operator().openOf("resident:r-015").orElseThrow();
        assertThat(row.getString("kind")).isEqualTo("DEVICE_SILENT");
        assertThat(row.getString("priority")).isEqualTo("P4");
        assertThat(row.getBoolean("ring")).isFalse();
    }

    @Test
    void inHospitalVitalsAreSilentAndAnSosIsNot() {
        status("resident:r-016", "HOSPITAL");
        for (int value : List.of(150, 151, 152, 153)) {
            heartRate("w-0016", value);
        }
        awaitEvaluated();
        assertThat(district.operator().openOf("resident:r-016")).isEmpty();

        district.event("sos-0008", "sos");
        JsonObject row = district.operator().awaitOpen("resident:r-016");
        assertThat(row.getString("kind")).isEqualTo("SOS");
        assertThat(row.getString("priority")).isEqualTo("P0");
        assertThat(district.open(row.getString("id")).list("story").get(0).getString("text"))
                .contains("recorded as in hospital");

        status("resident:r-016", "HOME");
        Eventually.until("home again, vitals count", () -> {
            heartRate("w-0016", 151);
            return district.operator().open().stream()
                    .anyMatch(open -> open.getString("subject").equals("resident:r-016")
                            && open.getString("kind").equals("HEART_RATE_HIGH"));
        });
    }

    private static void heartRate(String device, int value) {
        reading(device, "heartRate", value);
    }

    /** Each twenty seconds after the one before. */
    private static void reading(String device, String signal, int value) {
        district.device(device).publish("telemetry", "{\"" + signal + "\":" + value + "}");
        district.passSeconds(20);
    }

    private static JsonArray heartRates(String resident) {
        String path = "/subjects/resident:" + resident + "/readings?signal=heartRate&from="
                + district.now().minus(Duration.ofHours(24)) + "&to=" + district.now();
        return district.operator().get(path).getJsonArray("items");
    }

    private static void status(String subject, String status) {
        Caller.Answer answer = district.operator()
                .ask("PUT", "/residents/" + subject + "/status", new JsonObject().put("status", status));
        assertThat(answer.body().getString("status")).isEqualTo(status);
    }

    /** What is logged by now was evaluated, and what rules said of it is stored. */
    private static void awaitEvaluated() {
        awaitEvaluated(district.system().system().events().newest(Lane.TELEMETRY));
    }

    private static void awaitEvaluated(long batch) {
        Detector detector = district.system().system().alert().detector();
        Eventually.until("the log is evaluated", () -> detector.evaluatedUpTo(Lane.TELEMETRY) >= batch);
    }
}
