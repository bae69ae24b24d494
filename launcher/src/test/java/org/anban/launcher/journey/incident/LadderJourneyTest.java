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
import org.anban.simulator.phone.Ring;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody answers, or somebody takes it and forgets. Time is moved. */
@Timeout(120)
class LadderJourneyTest {
    private static final String RESIDENT = "resident:r-001";
    private static final String BUTTON = "sos-0001";
    private static final String DAUGHTER = "13900003001";
    private static final String NEIGHBOUR = "13900002012";
    private static final String STATION = "13900009001";
    private static final String DUTY_MANAGER = "13900004021";

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
    void itClimbsFromStepToStepWhileConsolesAreLiveAndNobodyTakesIt() {
        LiveConsole first = district.console("operator1");
        LiveConsole second = district.console("operator2");
        LiveConsole supervisor = district.console("supervisor");
        LiveConsole manager = district.console("manager");
        JsonObject row = district.sos(BUTTON, RESIDENT);
        String id = row.getString("id");
        Instant start = Instant.parse(row.getString("openedAt"));

        first.awaitRing(id);
        second.awaitRing(id);
        district.passSeconds(29);
        assertThat(supervisor.rings(id)).isZero();
        district.passSeconds(1);
        supervisor.awaitRing(id);
        district.passSeconds(30);
        Eventually.until("a second operator is rung", () -> first.rings(id) + second.rings(id) == 3);
        district.passSeconds(59);
        assertThat(district.rings(id)).isEmpty();
        district.passSeconds(1);
        List.of(DAUGHTER, NEIGHBOUR, STATION).forEach(number -> district.awaitRing(id, number));
        assertThat(manager.rings(id)).isZero();
        district.passSeconds(60);
        manager.awaitRing(id);
        district.awaitRing(id, DUTY_MANAGER);
        district.passSeconds(130);

        assertThat(district.open(id).ladder(start).subList(0, 7))
                .containsExactly(
                        "0 operators sent",
                        "30 supervisor sent",
                        "60 second-operator sent",
                        "120 family-and-station sent",
                        "180 duty-manager sent",
                        "240 everybody sent",
                        "300 everybody sent");
        Eventually.until("the supervisor is rung each time", () -> supervisor.rings(id) == 3);
        Eventually.until("and each operator", () -> first.rings(id) + second.rings(id) == 7);
    }

    @Test
    void onceItIsTakenNobodyElseIsRung() {
        LiveConsole console = district.console("operator1");
        district.console("operator2");
        district.console("supervisor");
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        console.awaitRing(id);
        district.passSeconds(20);
        district.operator().act(id, "seen", new JsonObject());
        district.passSeconds(20);
        assertThat(district.open(id).storyKinds()).as("seen holds nothing").containsSubsequence("SEEN", "STEP");

        district.operator().take(id);
        int steps = steps(id);
        district.passSeconds(110);
        assertThat(steps(id)).isEqualTo(steps);
        assertThat(district.rings(id)).isEmpty();
        assertThat(district.open(id).list("ladder"))
                .filteredOn(line -> line.getString("step").equals("family-and-station"))
                .allSatisfy(line -> assertThat(line.getString("state")).isEqualTo("held"));
    }

    @Test
    void withoutAnyConsoleTheStepsThatReachNobodyAreSkippedAndRecorded() {
        JsonObject row = district.sos(BUTTON, RESIDENT);
        String id = row.getString("id");
        Instant start = Instant.parse(row.getString("openedAt"));
        List.of(DAUGHTER, NEIGHBOUR, STATION).forEach(number -> district.awaitRing(id, number));
        district.passSeconds(60);
        district.awaitRing(id, DUTY_MANAGER);
        district.passSeconds(120);

        Case record = district.open(id);
        assertThat(record.ladder(start).subList(0, 7))
                .containsExactly(
                        "0 operators skipped",
                        "0 supervisor skipped",
                        "0 second-operator skipped",
                        "0 family-and-station sent",
                        "60 duty-manager sent",
                        "120 everybody sent",
                        "180 everybody sent");
        assertThat(record.list("ladder").get(0).getString("text"))
                .contains("no operator's console is on duty and connected");
    }

    @Test
    void aConsoleThatDoesNotConfirmOrIsOffDutyCannotBeRung() {
        LiveConsole deaf = district.quietConsole("operator1");
        LiveConsole offDuty = district.console("operator2");
        district.person("operator2").post("/duty", new JsonObject().put("onDuty", false));
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        district.awaitRing(id, DAUGHTER);

        assertThat(district.open(id).list("ladder").get(0).getString("state")).isEqualTo("skipped");
        deaf.awaitChange(id, change -> true);
        offDuty.awaitChange(id, change -> true);
        assertThat(deaf.rings(id) + offDuty.rings(id)).isZero();
        deaf.close();
    }

    @Test
    void whoIsRungByTelephoneIsToldNothingOfHealthAndTheReceiptIsKept() throws Exception {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        Ring ring = district.awaitRing(id, DAUGHTER);

        assertThat(ring.name()).isEqualTo("赵晓岚");
        assertThat(ring.text()).contains("赵福年").doesNotContain("高血压");
        assertThat(district.receipt(ring, "answered")).isEqualTo(204);
        assertThat(district.open(id).list("notices"))
                .filteredOn(notice -> notice.getString("id").equals(ring.notice()))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.getString("state")).isEqualTo("sent");
                    assertThat(notice.getString("receipt")).isEqualTo("answered");
                });
    }

    @Test
    void takenWithNothingRecordedItOpensAgainAfterTwoMinutes() {
        LiveConsole console = district.console("operator1");
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        district.operator().take(id);
        district.passSeconds(100);
        district.operator().act(id, "note", new JsonObject().put("text", "打电话没人接，再试"));
        district.passSeconds(119);
        assertThat(district.operator().row(id).getString("state")).isEqualTo("TAKEN");

        long rings = console.rings(id);
        district.passSeconds(1);
        JsonObject row = console.awaitChange(
                id, change -> change.getString("state").equals("OPEN") && change.getInteger("version") > 3);
        assertThat(row.getBoolean("ring")).isTrue();
        assertThat(row.getValue("takenBy")).isNull();
        Eventually.until("it rings again", () -> console.rings(id) > rings);
        assertThat(district.open(id).storyKinds()).containsSubsequence("TAKEN", "NOTE", "STALE", "STEP");
        district.passSeconds(120);
        district.awaitRing(id, DAUGHTER);
    }

    @Test
    void whatIsStillOpenAfterANightWithoutUsIsTakenUpWhereItStands() {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        district.jump(Duration.ofHours(3));
        district.awaitRing(id, DUTY_MANAGER);
        assertThat(district.operator().row(id).getString("state")).isEqualTo("OPEN");
        assertThat(steps(id)).as("no storm of steps that were missed").isLessThan(10);
    }

    private static int steps(String incident) {
        return (int) district.open(incident).storyKinds().stream()
                .filter("STEP"::equals)
                .count();
    }
}
