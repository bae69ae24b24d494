package org.anban.launcher.journey.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Case;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.LiveConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms that come late, or from a device whose clock is off. None is refused. */
@Timeout(120)
class LateAlarmJourneyTest {
    private static final String RESIDENT = "resident:r-003";
    private static final String BUTTON = "sos-0003";
    private static final String SON = "13900003002";
    private static final String STATION = "13900009001";

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
    void yesterdaysSosRingsOperatorAndStationAtOnceAndFamilyOnlyAfterSomebodyHasLooked() {
        LiveConsole console = district.console("operator1");
        Instant yesterday = district.now().minus(Duration.ofHours(26));
        district.event(BUTTON, "sos", yesterday);
        JsonObject row = district.operator().awaitOpen(RESIDENT);
        String id = row.getString("id");

        assertThat(row.getBoolean("delayed")).isTrue();
        assertThat(row.getBoolean("clockWrong")).isFalse();
        assertThat(Instant.parse(row.getString("eventAt"))).isEqualTo(yesterday);
        assertThat(Instant.parse(row.getString("openedAt"))).isEqualTo(district.now());
        console.awaitRing(id);
        district.awaitRing(id, STATION);
        district.passSeconds(400);
        assertThat(district.numbersRung(id)).containsOnly(STATION);
        assertThat(console.rings(id)).as("consoles are asked to look").isGreaterThan(2);

        district.operator().act(id, "seen", new JsonObject());
        district.passSeconds(70);
        district.awaitRing(id, SON);
    }

    @Test
    void aBacklogIsOneIncident() {
        Instant yesterday = district.now().minus(Duration.ofHours(20));
        district.device(BUTTON)
                .publishAll(
                        "event",
                        List.of(
                                "{\"type\":\"sos\",\"id\":\"b1\",\"at\":\"" + yesterday + "\"}",
                                "{\"type\":\"sos\",\"id\":\"b2\",\"at\":\"" + yesterday.plusSeconds(60) + "\"}",
                                "{\"type\":\"sos\",\"id\":\"b3\",\"at\":\"" + yesterday.plusSeconds(7200) + "\"}"));
        Eventually.until("all three are there", () -> district.operator()
                .openOf(RESIDENT)
                .filter(row -> row.getInteger("joined") == 2)
                .isPresent());
        assertThat(openOfResident()).singleElement().satisfies(row -> assertThat(row.getBoolean("delayed"))
                .isTrue());

        district.event(BUTTON, "sos");
        Eventually.until(
                "an SOS of now makes it fresh",
                () -> !district.operator().openOf(RESIDENT).orElseThrow().getBoolean("delayed"));
        assertThat(openOfResident()).hasSize(1);
        assertThat(district.open(openOfResident().get(0).getString("id")).list("signals"))
                .hasSize(4);
    }

    @Test
    void anSosOutOfTheSpanOfAClosedIncidentIsAttachedThereAndShown() {
        JsonObject first = district.sos(BUTTON, RESIDENT);
        String id = first.getString("id");
        district.operator().take(id);
        Instant during = Instant.parse(first.getString("openedAt")).plusSeconds(60);
        district.passSeconds(90);
        close(id);
        district.jump(Duration.ofMinutes(45));
        LiveConsole console = district.console("operator1");

        district.event(BUTTON, "sos", during);

        console.awaitChange(id, change -> change.getString("state").equals("CLOSED"));
        Case record = district.open(id);
        assertThat(record.list("signals"))
                .filteredOn(signal -> signal.getBoolean("late"))
                .singleElement()
                .satisfies(signal ->
                        assertThat(Instant.parse(signal.getString("at"))).isEqualTo(during));
        assertThat(record.storyKinds()).endsWith("CLOSED", "LATE");
        assertThat(openOfResident()).isEmpty();

        district.event(BUTTON, "sos", during.plusSeconds(600));
        assertThat(district.operator().awaitOpen(RESIDENT).getString("id"))
                .as("what happened after its end is not part of it")
                .isNotEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z"})
    void aDeviceWhoseClockIsYearsOffCountsFromReceiptAndBothTimesAreShown(String deviceAt) {
        district.console("operator1");
        district.event(BUTTON, "sos", Instant.parse(deviceAt));
        JsonObject row = district.operator().awaitOpen(RESIDENT);

        assertThat(row.getBoolean("clockWrong")).isTrue();
        assertThat(row.getBoolean("delayed")).isFalse();
        assertThat(row.getBoolean("ring")).isTrue();
        assertThat(Instant.parse(row.getString("eventAt"))).isEqualTo(district.now());
        assertThat(Instant.parse(row.getString("receivedAt"))).isEqualTo(district.now());
        assertThat(Instant.parse(row.getString("deviceAt"))).isEqualTo(Instant.parse(deviceAt));
        assertThat(district.open(row.getString("id")).list("signals"))
                .singleElement()
                .satisfies(signal ->
                        assertThat(Instant.parse(signal.getString("deviceAt"))).isEqualTo(Instant.parse(deviceAt)));
    }

    @Test
    void aFallOfYesterdayGetsItsWindowFromReceipt() {
        district.event("w-0003", "fall", district.now().minus(Duration.ofHours(20)));
        JsonObject row = district.operator().awaitOpen(RESIDENT);
        assertThat(row.getString("state")).isEqualTo("CANDIDATE");
        district.passSeconds(60);
        JsonObject confirmed = district.operator().row(row.getString("id"));
        assertThat(confirmed.getString("state")).isEqualTo("OPEN");
        assertThat(confirmed.getBoolean("delayed")).isTrue();
    }

    private static List<JsonObject> openOfResident() {
        return district.operator().open().stream()
                .filter(row -> row.getString("subject").equals(RESIDENT))
                .toList();
    }

    private static void close(String incident) {
        JsonObject closing =
                new JsonObject().put("disposition", "ACCIDENTAL").put("noVisitReason", "spoke over the intercom");
        district.operator().act(incident, "close", closing);
    }
}
