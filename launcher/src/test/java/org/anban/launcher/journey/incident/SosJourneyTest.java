package org.anban.launcher.journey.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Caller;
import org.anban.launcher.journey.Case;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.LiveConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a button to a closed case, as an operator lives it. */
@Timeout(120)
class SosJourneyTest {
    private static final String RESIDENT = "resident:r-003";
    private static final String BUTTON = "sos-0003";
    private static final String DONE_OFFICE = "FALL_LIFTED_NO_INJURY";

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
    void aPressedButtonAppearsOnALiveConsoleWithNameAreaAndKind() {
        LiveConsole console = district.console("operator1");
        district.event(BUTTON, "sos");
        JsonObject row =
                console.await("change", change -> change.getString("subject").equals(RESIDENT));

        assertThat(row.getString("name")).isEqualTo("李秀兰");
        assertThat(row.getString("area")).isEqualTo("mentougou/dayu/shuangyu");
        assertThat(row.getString("kind")).isEqualTo("SOS");
        assertThat(row.getString("priority")).isEqualTo("P0");
        assertThat(row.getString("state")).isEqualTo("OPEN");
        assertThat(row.getBoolean("ring")).isTrue();
        assertThat(Instant.parse(row.getString("openedAt"))).isEqualTo(district.now());
        console.awaitRing(row.getString("id"));
        assertThat(district.operator().openOf(RESIDENT).orElseThrow()).isEqualTo(row);
        assertThat(row.encode()).as("no health, no address in a queue").doesNotContain("糖尿病", "双峪社区1号楼", "139");
    }

    @Test
    void openingTheCaseIsRecordedAndShowsWhatAnOperatorNeeds() {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        assertThat(readsOf(id)).isEmpty();

        JsonObject file = district.open(id).json().getJsonObject("file");

        assertThat(readsOf(id)).containsExactly("p-operator1");
        assertThat(file.getInteger("age")).isEqualTo(87);
        assertThat(file.getString("address")).isEqualTo("双峪社区1号楼3单元303室");
        assertThat(file.getString("phone")).isEqualTo("13900001003");
        assertThat(file.getJsonArray("riskNotes")).containsExactly("糖尿病，注射胰岛素", "高血压，按时服降压药");
        assertThat(new Case(file).list("contacts"))
                .extracting(contact -> contact.getString("name") + " " + contact.getString("phone"))
                .containsExactly("吴志远 13900003002", "张东升 13900002032", "李立新 13900002033");
    }

    @Test
    void theCaseComesWithTheHeartRateOfTheLastDay() {
        Instant now = district.now();
        List<String> payloads = new ArrayList<>();
        for (int hours = 26; hours >= 1; hours--) {
            payloads.add("{\"at\":\"" + now.minus(Duration.ofHours(hours)) + "\",\"heartRate\":" + (60 + hours) + "}");
        }
        district.device("w-0003").publishAll("telemetry", payloads);

        String path = "/subjects/" + RESIDENT + "/readings?signal=heartRate&from=" + now.minus(Duration.ofHours(24))
                + "&to=" + now;
        Eventually.passes(() -> {
            JsonObject series = district.operator().get(path);
            assertThat(series.getString("unit")).isEqualTo("beat/min");
            assertThat(new Case(series).list("items"))
                    .extracting(item -> item.getInteger("value"))
                    .hasSize(24)
                    .startsWith(84, 83)
                    .endsWith(62, 61);
        });
        assertThat(district.ask(
                        "select person_id from kit.audit where action like 'reading%' and subject = ?", RESIDENT))
                .contains("p-operator1");
    }

    @Test
    void itIsTakenCalledAboutVisitedAndClosed() {
        Caller operator = district.operator();
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        assertThat(operator.take(id).getString("state")).isEqualTo("TAKEN");
        call(id, "resident", "no_answer");
        String dispatch = send(id);
        for (String state : List.of("ACCEPTED", "EN_ROUTE", "ARRIVED", "INSIDE", "DONE")) {
            JsonObject move = new JsonObject().put("dispatchId", dispatch).put("state", state);
            operator.act(id, "dispatch", move);
        }
        JsonObject closed = operator.act(
                id, "close", new JsonObject().put("disposition", DONE_OFFICE).put("note", "坐在地上，没有受伤"));

        assertThat(closed.getString("state")).isEqualTo("CLOSED");
        assertThat(operator.openOf(RESIDENT)).isEmpty();
        Case record = district.open(id);
        assertThat(record.text("disposition")).isEqualTo(DONE_OFFICE);
        assertThat(record.storyKinds())
                .containsSubsequence("OPENED", "TAKEN", "CALL", "DISPATCH", "DISPATCH", "DISPATCH", "CLOSED");
        assertThat(record.list("story"))
                .filteredOn(entry -> entry.getString("kind").equals("CLOSED"))
                .allSatisfy(entry -> assertThat(entry.getString("text")).contains("坐在地上，没有受伤"));
        assertThat(record.list("dispatches"))
                .extracting(one -> one.getString("state"))
                .containsExactly("DONE");
        district.awaitRing(id, "13900004101");
    }

    @Test
    void aRefusedClosingSaysWhatIsMissing() {
        Caller operator = district.operator();
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        assertRefused(id, "Take it before you close it");
        operator.take(id);
        assertRefused(id, "Nobody has spoken with the resident");
        call(id, "resident", "silent");
        call(id, "other", "spoke");
        assertRefused(id, "Nobody has spoken with the resident");

        String dispatch = send(id);
        assertRefused(id, "A responder is under way");
        assertThat(district.open(id).words("closeNeedCodes"))
                .containsExactly("RESPONDER_UNDER_WAY", "CONTACT_VISIT_OR_REASON");
        operator.act(
                id, "dispatch", new JsonObject().put("dispatchId", dispatch).put("state", "CANCELLED"));
        assertRefused(id, "Nobody has spoken with the resident");
        assertThat(operator.row(id).getString("state")).isEqualTo("TAKEN");

        call(id, "contact", "spoke");
        assertThat(operator.act(id, "close", closing()).getString("state")).isEqualTo("CLOSED");
    }

    @Test
    void aColleagueMustTakeItOverBeforeClosingIt() {
        String id = district.sos(BUTTON, RESIDENT).getString("id");
        district.operator().take(id);
        call(id, "resident", "spoke");
        Caller colleague = district.person("operator2");

        assertThat(colleague.tryTo(id, "close", closing()).detail()).contains("Take it before you close it");

        colleague.take(id);
        assertThat(colleague.act(id, "close", closing()).getString("state")).isEqualTo("CLOSED");
        assertThat(district.open(id).storyKinds()).containsSubsequence("TAKEN", "TAKEN_OVER", "CLOSED");
    }

    private static List<String> readsOf(String incident) {
        return district.ask("select person_id from kit.audit where action = 'incident.read' and detail = ?", incident);
    }

    private static void call(String incident, String to, String outcome) {
        JsonObject whom = new JsonObject().put("kind", to).put("number", "13900001003");
        if (to.equals("contact")) {
            JsonArray contacts =
                    district.open(incident).json().getJsonObject("file").getJsonArray("contacts");
            whom.put("contactId", contacts.getJsonObject(0).getString("id"));
        }
        district.operator()
                .act(incident, "call", new JsonObject().put("to", whom).put("outcome", outcome));
    }

    private static String send(String incident) {
        JsonArray responders =
                district.operator().get("/responders?incident=" + incident).getJsonArray("items");
        assertThat(responders.getJsonObject(0).getString("station")).isEqualTo("s-dayu");
        district.operator()
                .act(
                        incident,
                        "dispatch",
                        new JsonObject()
                                .put("responderId", responders.getJsonObject(0).getString("id")));
        return district.open(incident).list("dispatches").get(0).getString("id");
    }

    private static JsonObject closing() {
        return new JsonObject().put("disposition", "ASSISTANCE_GIVEN");
    }

    private static void assertRefused(String incident, String why) {
        Caller.Answer answer = district.operator().tryTo(incident, "close", closing());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.detail()).contains(why);
        assertThat(answer.body().getJsonObject("incident").getString("id")).isEqualTo(incident);
    }
}
