package org.anban.launcher.journey.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
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

/** Whom an incident is about: a home, nobody yet, or somebody of whom a person is worried. */
@Timeout(120)
class HomeJourneyTest {
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
    void smokeAtTheCouplesHomeIsTheHomesIncidentAndListsBoth() {
        district.event("smoke-0001", "smoke");
        JsonObject row = district.operator().awaitOpen("dwelling:d-001");
        assertThat(row.getString("kind")).isEqualTo("SMOKE");
        assertThat(row.getString("priority")).isEqualTo("P0");
        assertThat(row.getString("area")).isEqualTo("mentougou/dayu/sanjiadian");

        JsonObject file = district.open(row.getString("id")).json().getJsonObject("file");
        assertThat(file.getString("address")).isEqualTo("三家店社区1号楼2单元202室");
        Case home = new Case(file);
        assertThat(home.list("occupants"))
                .extracting(occupant -> occupant.getString("name"))
                .containsExactlyInAnyOrder("赵福年", "孙玉芬");
        assertThat(home.list("occupants")).allSatisfy(occupant -> {
            assertThat(occupant.getString("phone")).startsWith("1390000100");
            assertThat(occupant.getJsonArray("riskNotes")).isNotEmpty();
        });
        district.awaitRing(row.getString("id"), "13900003001");
    }

    @Test
    void aButtonThatIsBoundToNobodyOpensAnIncidentAllTheSame() {
        LiveConsole console = district.console("operator1");
        JsonObject row = district.sos("sos-0012", "unbound:sos-0012");
        assertThat(row.getString("priority")).isEqualTo("P0");
        console.awaitRing(row.getString("id"));
        district.passSeconds(200);
        Case record = district.open(row.getString("id"));
        assertThat(record.list("signals"))
                .extracting(signal -> signal.getString("device"))
                .containsExactly("sos-0012");
        assertThat(record.storyKinds()).contains("STEP");
        assertThat(district.operator().take(row.getString("id")).getString("state"))
                .isEqualTo("TAKEN");
    }

    @Test
    void anOperatorOpensAConcernWhichClimbsAndGoesStaleLikeAnyOther() {
        LiveConsole console = district.console("operator1");
        LiveConsole supervisor = district.console("supervisor");
        JsonObject row = district.operator().post("/incidents", concern("resident:r-005", "邻居按门铃没人应"));
        String id = row.getString("id");
        assertThat(row.getString("kind")).isEqualTo("CONCERN");
        assertThat(row.getString("priority")).isEqualTo("P2");
        assertThat(row.getString("name")).isEqualTo("王淑珍");
        console.awaitRing(id);
        district.passSeconds(180);
        supervisor.awaitRing(id);

        district.operator().take(id);
        district.passSeconds(14 * 60);
        assertThat(district.operator().row(id).getString("state")).isEqualTo("TAKEN");
        district.passSeconds(60);
        assertThat(district.operator().row(id).getString("state")).isEqualTo("OPEN");
    }

    @Test
    void aConcernThatStaffCallUrgentHasTheCriticalLadder() {
        district.console("operator1");
        String id = district.operator()
                .post("/incidents", concern("resident:r-005", "电话里听见摔倒的声音").put("priority", "P1"))
                .getString("id");
        district.passSeconds(130);
        district.awaitRing(id, "13900002051");
        Caller.Answer closing = takeAndClose(id);
        assertThat(closing.status()).isEqualTo(409);
        assertThat(closing.detail()).contains("Nobody has spoken");
    }

    @Test
    void aDaughterWhoCannotReachHerMotherOpensAnIncident() {
        LiveConsole console = district.console("operator1");
        Caller daughter = district.person("family1");
        JsonObject words =
                new JsonObject().put("commandId", UUID.randomUUID().toString()).put("words", "我联系不上我妈妈");
        JsonObject opened = daughter.post("/family/residents/resident:r-002/concern", words);
        String id = opened.getString("id");
        assertThat(opened.getString("kind")).isEqualTo("CONCERN");
        assertThat(daughter.post("/family/residents/resident:r-002/concern", words)
                        .getString("id"))
                .isEqualTo(id);

        console.awaitChange(id, row -> row.getString("name").equals("孙玉芬"));
        console.awaitRing(id);
        assertThat(district.open(id).list("story").get(0).getString("text"))
                .contains("我联系不上我妈妈")
                .contains("赵晓岚");
        takeAndClose(id);
        Eventually.passes(() ->
                assertThat(daughter.get("/incidents/" + id).getString("state")).isEqualTo("CLOSED"));
    }

    @Test
    void theSameWorryOfTwoPeopleIsOneIncident() {
        String id = district.operator()
                .post("/incidents", concern("resident:r-001", "驿站没见他来吃饭"))
                .getString("id");
        JsonObject joined = district.person("family1").post("/incidents", concern("resident:r-001", "电话没人接"));
        assertThat(joined.getString("id")).isEqualTo(id);
        assertThat(district.operator().row(id).getInteger("joined")).isEqualTo(1);
    }

    @Test
    void onlyStaffMayCallAConcernUrgentAndNobodyMayInventAResident() {
        Caller.Answer urgent = district.person("family1")
                .ask("POST", "/incidents", concern("resident:r-001", "快").put("priority", "P1"));
        assertThat(urgent.status()).isEqualTo(403);
        Caller.Answer unknown = district.operator().ask("POST", "/incidents", concern("resident:r-999", "谁？"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(district.operator().openOf("resident:r-999")).isEmpty();
    }

    private static Caller.Answer takeAndClose(String id) {
        district.operator().take(id);
        return district.operator().tryTo(id, "close", new JsonObject().put("disposition", "SOCIAL_CALL"));
    }

    private static JsonObject concern(String subject, String words) {
        return new JsonObject()
                .put("commandId", UUID.randomUUID().toString())
                .put("subject", subject)
                .put("words", words);
    }
}
