package org.anban.platform.resident;

import static org.anban.platform.PlatformOverHttp.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.anban.contracts.access.Role;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.platform.PlatformFixture;
import org.anban.platform.PlatformOverHttp;
import org.anban.platform.person.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResidentRoutesTest {
    private PlatformFixture fixture;
    private PlatformOverHttp http;
    private String operator;
    private String elsewhere;

    @BeforeAll
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        http = new PlatformOverHttp(fixture.platform());
        operator = http.tokenOf("operator1");
        Person.Post post = new Person.Post(Set.of(Role.OPERATOR), List.of("mentougou/longquan"), null);
        fixture.platform().register().add(new Person("p-far", "far", "远", "", post), PlatformFixture.PASSWORD);
        elsewhere = http.tokenOf("far");
    }

    @AfterAll
    void stop() {
        http.close();
        fixture.close();
    }

    @Test
    void anOperatorReadsAFileAndTheReadIsRecorded() {
        JsonObject file = json(http.get(operator, "/residents/resident:r-006"));

        assertThat(file.getString("name")).isEqualTo("郑守义");
        assertThat(file.getInteger("age")).isEqualTo(89);
        assertThat(file.getJsonArray("contacts")).isNotEmpty();
        assertThat(file.getJsonArray("riskNotes").getString(0)).contains("慢阻肺");
        assertThat(file.getJsonArray("statusChanges")).hasSize(1);
        assertThat(fixture.audit.lines).contains("operator1 resident.read resident:r-006");
    }

    @Test
    void aChangeOfStatusIsReadByRulesAtOnceAndRemembersWhoSaidSo() {
        SubjectId subject = SubjectId.resident("r-012");
        assertThat(fixture.platform().residents().profile(subject).status()).isEqualTo(SubjectStatus.HOME);

        HttpResponse<String> answer = http.send(
                operator,
                "PUT",
                "/residents/resident:r-012/status",
                new JsonObject()
                        .put("status", "HOSPITAL")
                        .put("since", "2026-01-04T20:00:00+08:00")
                        .put("note", "女儿来电"));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject change = json(answer).getJsonArray("statusChanges").getJsonObject(0);
        assertThat(change.getString("status")).isEqualTo("HOSPITAL");
        assertThat(change.getString("since")).isEqualTo("2026-01-04T12:00:00Z");
        assertThat(change.getString("by")).isEqualTo("p-operator1");
        assertThat(json(answer).getJsonArray("statusChanges")).hasSize(2);
        assertThat(fixture.platform().residents().profile(subject).status()).isEqualTo(SubjectStatus.HOSPITAL);
    }

    @Test
    void aStatusThatDoesNotExistOrATimeThatIsNoneIsRefused() {
        String path = "/residents/resident:r-013/status";

        assertThat(http.send(operator, "PUT", path, new JsonObject().put("status", "LOST"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(http.send(
                                operator,
                                "PUT",
                                path,
                                new JsonObject().put("status", "AWAY").put("since", "yesterday"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(http.get(operator, "/residents/dwelling:d-001").statusCode()).isEqualTo(400);
    }

    @Test
    void whoeverWorksElsewhereIsNotToldWhoLivesHere() {
        assertThat(http.get(elsewhere, "/residents/resident:r-001").statusCode())
                .as("lives in dayu")
                .isEqualTo(404);
        assertThat(http.send(
                                elsewhere,
                                "PUT",
                                "/residents/resident:r-001/status",
                                new JsonObject().put("status", "AWAY"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(found(elsewhere, "r-001")).isEmpty();
        assertThat(http.get(operator, "/residents/resident:r-999").statusCode()).isEqualTo(404);
    }

    @Test
    void aResidentIsFoundByNameByIdAndByTheEndOfTheirNumber() {
        assertThat(found(operator, "赵福")).containsExactly("resident:r-001");
        assertThat(found(operator, "r-001")).containsExactly("resident:r-001");
        assertThat(found(operator, "1001")).containsExactly("resident:r-001");
        assertThat(found(operator, "nobody")).isEmpty();
        assertThat(found(operator, "%")).isEmpty();
    }

    @Test
    void theStockIsListedInPagesAndByWhomItSpeaksFor() {
        JsonObject first = json(http.get(operator, "/devices?limit=50"));
        assertThat(first.getJsonArray("items")).hasSize(50);
        JsonObject second = json(http.get(operator, "/devices?limit=50&after=" + first.getString("next")));
        assertThat(second.getJsonArray("items")).hasSize(34);
        assertThat(second.getString("next")).isNull();

        List<JsonObject> home = items(http.get(operator, "/devices?subject=dwelling:d-001"));
        assertThat(home).extracting(d -> d.getString("kind")).containsExactlyInAnyOrder("bed", "smoke", "gas");
        assertThat(items(http.get(operator, "/devices?kind=button")))
                .filteredOn(d -> d.getString("subject").startsWith("unbound:"))
                .singleElement()
                .satisfies(d -> assertThat(d.getString("station")).isEqualTo("s-dayu"));
        assertThat(items(http.get(elsewhere, "/devices"))).isNotEmpty().allSatisfy(d -> assertThat(d.getString("area"))
                .startsWith("mentougou/longquan"));
        assertThat(http.get(operator, "/devices?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void stationsAndAreasHaveNamesInBothLanguages() {
        assertThat(items(http.get(operator, "/stations")))
                .filteredOn(s -> s.getString("tier").equals("STATION"))
                .hasSize(4)
                .allSatisfy(s -> assertThat(s.getString("nameEn")).endsWith("Care Station"));
        assertThat(items(http.get(operator, "/areas"))).hasSize(13);
    }

    private List<String> found(String token, String words) {
        String query = URLEncoder.encode(words, StandardCharsets.UTF_8);
        return items(http.get(token, "/residents?query=" + query)).stream()
                .map(i -> i.getString("subject"))
                .toList();
    }

    private static List<JsonObject> items(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return json(response).getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
