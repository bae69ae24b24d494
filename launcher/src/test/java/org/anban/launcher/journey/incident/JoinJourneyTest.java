package org.anban.launcher.journey.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Caller;
import org.anban.launcher.journey.Case;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.LiveConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several devices, several people, one incident. */
@Timeout(120)
class JoinJourneyTest {
    private static final String RESIDENT = "resident:r-003";
    private static final String BUTTON = "sos-0003";
    private static final String WATCH = "w-0003";

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
    void twoDevicesOfOneResidentOpenOneIncident() {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        district.event(WATCH, "sos");
        awaitJoined(1);
        assertThat(ofResident()).hasSize(1);
        assertThat(district.open(id).list("signals"))
                .extracting(signal -> signal.getString("device"))
                .containsExactlyInAnyOrder(BUTTON, WATCH);
    }

    @Test
    void differentKindsAreIncidentsOfOneCaseAndAreTakenTogether() {
        String sos = district.sos(BUTTON, RESIDENT).getString("id");
        district.event("fall-0001", "fall");
        Eventually.until("both are there", () -> ofResident().size() == 2);
        assertThat(ofResident())
                .extracting(row -> row.getString("caseId"))
                .as("one case")
                .satisfies(cases -> assertThat(cases.get(0)).isEqualTo(cases.get(1)));

        district.passSeconds(61);
        Eventually.until("the fall is confirmed", () -> ofResident().stream()
                .allMatch(row -> row.getString("state").equals("OPEN")));
        Caller.Answer unseen = district.operator().tryTo(sos, "take", command());
        assertThat(unseen.status()).isEqualTo(409);
        assertThat(unseen.body().getJsonObject("incident").getString("kind")).isEqualTo("FALL");
        district.operator().take(sos);
        assertThat(ofResident())
                .allSatisfy(row -> assertThat(row.getString("state")).isEqualTo("TAKEN"));
        assertThat(district.open(sos).list("otherIncidents")).hasSize(1);
    }

    @Test
    void whatJoinsATakenIncidentRingsAgainAndRestartsItsStaleClock() {
        LiveConsole console = district.console("operator1");
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        console.awaitRing(id);
        JsonObject taken = district.operator().take(id);
        assertThat(taken.getBoolean("ring")).isFalse();
        long rings = console.rings(id);
        district.passSeconds(100);

        district.event(WATCH, "sos");
        JsonObject joined = awaitJoined(1);
        assertThat(joined.getString("state")).isEqualTo("TAKEN");
        assertThat(joined.getBoolean("ring")).isTrue();
        assertThat(Instant.parse(joined.getString("staleAt")))
                .isEqualTo(district.now().plusSeconds(120));
        Eventually.until("it rings again", () -> console.rings(id) > rings);
        district.person("operator2").act(id, "seen", new JsonObject());
        assertThat(district.operator().row(id).getBoolean("ring")).isTrue();
        district.operator().act(id, "seen", new JsonObject());
        assertThat(district.operator().row(id).getBoolean("ring")).isFalse();
    }

    @Test
    void aJoinBeforeTheClosingIsShownInsteadOfClosed() {
        String id = readyToClose();
        int seen = district.operator().row(id).getInteger("version");
        district.event(WATCH, "sos");
        awaitJoined(1);

        Caller.Answer answer = district.operator().tryTo(id, "close", closing().put("version", seen));

        assertThat(answer.status()).isEqualTo(409);
        JsonObject now = answer.body().getJsonObject("incident");
        assertThat(now.getInteger("joined")).isEqualTo(1);
        assertThat(now.getString("state")).isEqualTo("TAKEN");
        assertThat(district.operator()
                        .tryTo(id, "close", closing().put("version", now.getInteger("version")))
                        .detail())
                .contains("Another alarm joined");
        district.passSeconds(1);
        spoke(id);
        assertThat(district.operator().tryTo(id, "close", closing()).status()).isEqualTo(200);
    }

    @RepeatedTest(5)
    void anSosInTheInstantOfTheClosingIsNeverLost() {
        String id = readyToClose();
        JsonObject close = closing().put("version", district.operator().row(id).getInteger("version"));
        CompletableFuture<Void> pressed = CompletableFuture.runAsync(() -> district.event(WATCH, "sos"));
        Caller.Answer answer = district.operator().tryTo(id, "close", close);
        pressed.join();

        JsonObject open = district.operator().awaitOpen(RESIDENT);
        if (answer.status() == 200) {
            assertThat(open.getString("id")).isNotEqualTo(id);
            assertThat(open.getString("state")).isEqualTo("OPEN");
        } else {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(open.getString("id")).isEqualTo(id);
        }
        assertThat(open.getBoolean("ring")).isTrue();
    }

    @Test
    void theSameCommandIdHasOneEffectAndOneAnswer() {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        JsonObject take = command().put("version", 1);
        Caller.Answer first = district.operator().tryTo(id, "take", take);
        Caller.Answer again = district.operator().tryTo(id, "take", take);
        assertThat(first.status()).isEqualTo(200);
        assertThat(again).isEqualTo(first);

        JsonObject call = command()
                .put("version", 2)
                .put("to", new JsonObject().put("kind", "resident").put("number", "13900001003"))
                .put("outcome", "no_answer");
        district.operator().tryTo(id, "call", call);
        district.operator().tryTo(id, "call", call);
        JsonObject responder = command().put("version", 2).put("responderId", "p-responder1");
        district.operator().tryTo(id, "dispatch", responder);
        district.operator().tryTo(id, "dispatch", responder);
        Case record = district.open(id);
        assertThat(record.list("calls")).hasSize(1);
        assertThat(record.list("dispatches")).hasSize(1);
        assertThat(record.storyKinds()).containsOnlyOnce("TAKEN", "CALL", "DISPATCH");
    }

    @Test
    void theSameCommandIdAtTheSameInstantHasOneEffect() {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        district.operator().take(id);
        JsonObject note = command().put("version", 2).put("text", "twice at once");
        Caller operator = district.operator();
        List<CompletableFuture<Caller.Answer>> both = List.of(
                CompletableFuture.supplyAsync(() -> operator.tryTo(id, "note", note)),
                CompletableFuture.supplyAsync(() -> operator.tryTo(id, "note", note)));
        assertThat(both.get(0).join()).isEqualTo(both.get(1).join());
        assertThat(district.open(id).storyKinds()).containsOnlyOnce("NOTE");
    }

    @Test
    void aSecondClickByAColleagueWhoHasNotSeenTheFirstIsRefusedAndShown() {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        district.operator().take(id);
        Caller.Answer late =
                district.person("operator2").tryTo(id, "take", command().put("version", 1));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body()
                        .getJsonObject("incident")
                        .getJsonObject("takenBy")
                        .getString("id"))
                .isEqualTo("p-operator1");
    }

    @Test
    void aConcernIsOpenedOnceByOneCommandId() {
        JsonObject concern = command().put("subject", RESIDENT).put("words", "邻居说两天没见到她");
        String first = district.operator().post("/incidents", concern).getString("id");
        String again = district.operator().post("/incidents", concern).getString("id");
        assertThat(again).isEqualTo(first);
        assertThat(district.operator().row(first).getInteger("joined")).isZero();
    }

    private static String readyToClose() {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        district.operator().take(id);
        spoke(id);
        return id;
    }

    private static void spoke(String id) {
        district.operator()
                .act(
                        id,
                        "call",
                        new JsonObject()
                                .put(
                                        "to",
                                        new JsonObject().put("kind", "resident").put("number", "13900001003"))
                                .put("outcome", "spoke"));
    }

    private static JsonObject closing() {
        return new JsonObject().put("disposition", "SOCIAL_CALL");
    }

    private static JsonObject command() {
        return new JsonObject().put("commandId", UUID.randomUUID().toString());
    }

    private static JsonObject awaitJoined(int joined) {
        Eventually.until("it has joined", () -> district.operator()
                .openOf(RESIDENT)
                .filter(row -> row.getInteger("joined") == joined)
                .isPresent());
        return district.operator().openOf(RESIDENT).orElseThrow();
    }

    private static List<JsonObject> ofResident() {
        return district.operator().open().stream()
                .filter(row -> row.getString("subject").equals(RESIDENT))
                .toList();
    }
}
