package org.anban.platform.family;

import static org.anban.platform.PlatformOverHttp.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.FamilyAccess.Scope;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.IncidentSummary;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.platform.PlatformFixture;
import org.anban.platform.PlatformOverHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FamilyRoutesTest {
    private static final String FATHER = "/family/residents/resident:r-001";
    private static final String NOT_MINE = "/family/residents/resident:r-003";

    private PlatformFixture fixture;
    private PlatformOverHttp http;
    private String daughter;

    @BeforeEach
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        http = new PlatformOverHttp(fixture.platform());
        daughter = http.tokenOf("family1");
        fixture.audit.lines.clear();
    }

    @AfterEach
    void stop() {
        http.close();
        fixture.close();
    }

    @Test
    void aDaughterSeesBothParentsAndNobodyElse() {
        List<JsonObject> residents = items(http.get(daughter, "/family/residents"));

        assertThat(residents).extracting(r -> r.getString("name")).containsExactly("赵福年", "孙玉芬");
        assertThat(residents).allSatisfy(r -> {
            assertThat(r.getString("relation")).isEqualTo("daughter");
            assertThat(r.getJsonArray("scopes")).containsExactly("ALARMS", "VITALS");
        });
        assertThat(fixture.audit.lines)
                .containsExactly(
                        "family1 family.resident.listed resident:r-001",
                        "family1 family.resident.listed resident:r-002");
    }

    @Test
    void anothersResidentAndOneThatDoesNotExistAreEquallyUnknown() {
        HttpResponse<String> notMine = http.get(daughter, NOT_MINE);
        HttpResponse<String> nobody = http.get(daughter, "/family/residents/resident:r-999");

        assertThat(notMine.statusCode()).isEqualTo(404);
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(notMine.body()).isEqualTo(nobody.body());
        assertThat(concern(daughter, NOT_MINE).statusCode()).isEqualTo(404);
        assertThat(fixture.incidents.all).isEmpty();
        assertThat(fixture.audit.lines).contains("family1 family.resident.refused resident:r-003");
    }

    @Test
    void aResidentIsShownWithIncidentsOfTheHomeTooAndWhenTheyWereLastHeard() {
        fixture.incidents.all.add(incident("i-1", SubjectId.resident("r-001"), IncidentKind.SOS));
        fixture.incidents.all.add(incident("i-2", SubjectId.dwelling("d-001"), IncidentKind.SMOKE));
        fixture.incidents.all.add(incident("i-3", SubjectId.resident("r-003"), IncidentKind.SOS));

        JsonObject father = json(http.get(daughter, FATHER));

        assertThat(father.getJsonArray("incidents").stream().map(i -> ((JsonObject) i).getString("id")))
                .containsExactlyInAnyOrder("i-1", "i-2");
        assertThat(Instant.parse(father.getString("lastHeard")))
                .isEqualTo(fixture.time.instant().minusSeconds(60));
        assertThat(father.getJsonArray("vitals").getJsonObject(0).getDouble("value"))
                .isEqualTo(72);
        assertThat(fixture.audit.lines).contains("family1 family.resident.read resident:r-001");
    }

    @Test
    void withoutConsentToVitalSignsNoneAreShown() {
        JsonObject uncle = json(http.get(http.tokenOf("family3"), "/family/residents/resident:r-004"));

        assertThat(uncle.getJsonArray("scopes")).containsExactly("ALARMS");
        assertThat(uncle.getJsonArray("vitals")).isEmpty();
        assertThat(uncle.getString("lastHeard")).isNull();
    }

    @Test
    void aConsentThatIsWithdrawnIsGoneAtOnce() {
        assertThat(http.get(daughter, FATHER).statusCode()).isEqualTo(200);

        withdraw("consent-family1-r001-vitals");
        assertThat(json(http.get(daughter, FATHER)).getJsonArray("vitals")).isEmpty();
        withdraw("consent-family1-r001-alarms");

        assertThat(http.get(daughter, FATHER).statusCode()).isEqualTo(404);
        assertThat(items(http.get(daughter, "/family/residents"))).hasSize(1);
        assertThat(fixture.platform()
                        .familyAccess()
                        .mayRead(family("p-family1"), SubjectId.resident("r-001"), Scope.ALARMS))
                .isFalse();
    }

    @Test
    void aConsentHoldsFromItsFirstInstantUntilItsEnd() {
        Instant from = PlatformFixture.START.plusSeconds(100);
        fixture.platform()
                .register()
                .add(new Consent("c-short", "r-010", "p-family1", Scope.ALARMS, from, from.plusSeconds(60)));
        String path = "/family/residents/resident:r-010";

        assertThat(http.get(daughter, path).statusCode()).isEqualTo(404);
        fixture.time.set(from);
        assertThat(http.get(daughter, path).statusCode()).isEqualTo(200);
        fixture.time.set(from.plusSeconds(60));
        assertThat(http.get(daughter, path).statusCode()).isEqualTo(404);
    }

    @Test
    void whatCannotBeRecordedIsNotShown() {
        fixture.audit.broken = true;

        for (String path : List.of("/family/residents", FATHER)) {
            HttpResponse<String> answer = http.get(daughter, path);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain("赵福年");
        }
        assertThat(concern(daughter, FATHER).statusCode()).isEqualTo(503);
        assertThat(fixture.incidents.all).isEmpty();
    }

    @Test
    void somebodyWhoCannotReachTheirFatherOpensAnIncident() {
        HttpResponse<String> opened = concern(daughter, FATHER);

        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(json(opened).getString("kind")).isEqualTo("CONCERN");
        assertThat(json(opened).getString("subject")).isEqualTo("resident:r-001");
    }

    @Test
    void theFamilysApiIsForFamilyAndTheStaffsForStaff() {
        String operator = http.tokenOf("operator1");

        assertThat(http.get(operator, "/family/residents").statusCode()).isEqualTo(403);
        for (String path : List.of("/residents/resident:r-001", "/residents?query=r-001", "/devices", "/stations")) {
            assertThat(http.get(daughter, path).statusCode()).as(path).isEqualTo(403);
            assertThat(http.get("", path).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void theAlarmOfAHomeMayBeSeenByTheFamilyOfWhoeverLivesThereAndItsReadingsByNobody() {
        FamilyAccess access = fixture.platform().familyAccess();
        SubjectId home = SubjectId.dwelling("d-001");

        assertThat(access.mayRead(family("p-family1"), home, Scope.ALARMS)).isTrue();
        assertThat(access.mayRead(family("p-family1"), home, Scope.VITALS)).isFalse();
        assertThat(access.mayRead(family("p-family2"), home, Scope.ALARMS)).isFalse();
        assertThat(access.mayRead(family("p-family1"), SubjectId.unbound("sos-0012"), Scope.ALARMS))
                .isFalse();
    }

    private void withdraw(String consent) {
        fixture.platform().register().withdrawConsent(consent, fixture.time.instant());
    }

    private HttpResponse<String> concern(String token, String resident) {
        JsonObject body = new JsonObject().put("commandId", "c-1").put("words", "打不通电话");
        return http.send(token, "POST", resident + "/concern", body);
    }

    private static IncidentSummary incident(String id, SubjectId subject, IncidentKind kind) {
        return new IncidentSummary(id, subject, kind, Priority.P0, "OPEN", PlatformFixture.START);
    }

    private static Principal family(String personId) {
        return new Principal(personId, "x", "x", Set.of(Role.FAMILY), List.of(), "s");
    }

    private static List<JsonObject> items(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return json(response).getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
