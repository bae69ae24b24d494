package org.anban.launcher.journey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.anban.contracts.access.Role;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Caller;
import org.anban.launcher.journey.Case;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.LiveConsole;
import org.anban.platform.person.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Who sees whom, by every route that takes a subject, an incident or a device. Mr Zhao (r-001) and his wife are family1's
 * people; family2 belongs to Mrs Li (r-003), family3 to Mr Zhou (r-004), who has not agreed to his readings being seen.
 */
@Timeout(120)
class PrivacyJourneyTest {
    private static final String NAME = "赵福年";
    private static final String SUBJECT = "resident:r-001";
    private static final String HEART_RATE =
            "/readings?signal=heartRate&from=2026-01-04T00:00:00Z&to=2026-01-06T00:00:00Z";
    private static final String OUTSIDER = "longquan-only";

    private static District district;
    private static Requests.Target stranger;
    private static String smoke;

    @BeforeAll
    static void start() {
        district = District.open();
        String incident = district.sos("sos-0001", SUBJECT).getString("id");
        stranger = new Requests.Target(SUBJECT, incident, "w-0001");
        district.event("smoke-0001", "smoke");
        smoke = district.operator().awaitOpen("dwelling:d-001").getString("id");
        for (String watch : List.of("w-0001", "w-0003", "w-0004")) {
            district.device(watch).publish("telemetry", "{\"heartRate\":71,\"spo2\":4000}");
        }
        Person.Post post = new Person.Post(Set.of(Role.OPERATOR), List.of("mentougou/longquan"), null);
        district.system()
                .system()
                .platform()
                .register()
                .add(
                        new Person("p-outsider", OUTSIDER, "外人", "13900004999", post),
                        district.system().password());
        Eventually.until(
                "readings are stored", () -> !readings("operator1", "r-004").isEmpty());
        Eventually.until(
                "what was set aside is counted", () -> setAside("operator1").contains("w-0001"));
    }

    @AfterAll
    static void stop() {
        district.close();
    }

    @TestFactory
    Stream<DynamicTest> familyOfOthersFindsNothingBy() {
        return operationsWithATarget().map(operation -> refused("family2", operation));
    }

    @TestFactory
    Stream<DynamicTest> anOperatorOfAnotherAreaFindsNothingBy() {
        return operationsWithATarget().map(operation -> refused(OUTSIDER, operation));
    }

    @TestFactory
    Stream<DynamicTest> aResponderFindsNothingBy() {
        return operationsWithATarget().map(operation -> refused("responder5", operation));
    }

    @TestFactory
    Stream<DynamicTest> whoIsNotLoggedInGetsNothingBy() {
        Caller nobody = Caller.anybody(district.system().url());
        return Contracts.all().stream()
                .filter(operation -> !operation.id().equals("openSession"))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> assertThat(
                                Requests.send(nobody, operation, stranger).status())
                        .isEqualTo(401)));
    }

    @TestFactory
    Stream<DynamicTest> familyFindsNobodyByNamingThemElsewhere() {
        return Stream.of(
                        "/residents?query=" + "%E8%B5%B5",
                        "/devices?subject=" + SUBJECT,
                        "/responders?incident=" + stranger.incident(),
                        "/incidents?state=all",
                        "/incidents/stream",
                        "/outages",
                        "/detection/set-aside",
                        "/fleet",
                        "/set-aside")
                .map(path -> DynamicTest.dynamicTest(path, () -> assertThat(district.person("family2")
                                .ask("GET", path, null)
                                .status())
                        .isEqualTo(403)));
    }

    @Test
    void familySeesItsOwnPeopleAndOnlyThem() {
        assertThat(residentsOf("family1")).containsExactlyInAnyOrder("赵福年", "孙玉芬");
        assertThat(residentsOf("family2")).containsExactly("李秀兰");
        assertThat(readings("family1", "r-001")).isNotEmpty();
        assertThat(readings("family2", "r-003")).isNotEmpty();
        assertThat(district.person("family1")
                        .get("/incidents/" + stranger.incident())
                        .getString("name"))
                .isEqualTo(NAME);
    }

    @Test
    void familySeesAReducedIncidentAndThatIsRecorded() {
        JsonObject shown = district.person("family1").get("/incidents/" + stranger.incident());
        assertThat(shown.fieldNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "state",
                        "kind",
                        "priority",
                        "subject",
                        "name",
                        "openedAt",
                        "eventAt",
                        "delayed",
                        "story");
        assertThat(new Case(shown).list("story"))
                .allSatisfy(entry -> assertThat(entry.fieldNames()).containsExactlyInAnyOrder("at", "kind"));
        assertThat(district.ask("select action from kit.audit where person_id = ?", "p-family1"))
                .contains("incident.read");
    }

    @Test
    void theHomesIncidentIsTheFamilysOfThoseWhoLiveThere() {
        assertThat(district.person("family1")
                        .ask("GET", "/incidents/" + smoke, null)
                        .status())
                .isEqualTo(200);
        assertThat(district.person("family2")
                        .ask("GET", "/incidents/" + smoke, null)
                        .status())
                .isEqualTo(404);
        assertThat(new Case(district.person("family1").get("/family/residents/" + SUBJECT)).list("incidents"))
                .extracting(incident -> incident.getString("kind"))
                .contains("SOS", "SMOKE");
    }

    @Test
    void withoutConsentToVitalsAlarmsAreSeenAndReadingsAreNot() {
        Caller niece = district.person("family3");
        Caller.Answer series = niece.ask("GET", "/subjects/resident:r-004" + HEART_RATE, null);
        assertThat(series.status()).isEqualTo(404);
        JsonObject file = niece.get("/family/residents/resident:r-004");
        assertThat(file.getJsonArray("vitals")).isEmpty();
        assertThat(file.getJsonArray("scopes")).containsExactly("ALARMS");
        assertThat(district.person("family2")
                        .get("/family/residents/resident:r-003")
                        .getJsonArray("vitals"))
                .isNotEmpty();
    }

    @Test
    void aWithdrawnConsentEndsAtOnce() {
        Caller daughter = district.person("family1");
        assertThat(daughter.ask("GET", "/family/residents/resident:r-002", null).status())
                .isEqualTo(200);
        for (String scope : List.of("alarms", "vitals")) {
            district.system()
                    .system()
                    .platform()
                    .register()
                    .withdrawConsent("consent-family1-r002-" + scope, district.now());
        }
        assertThat(daughter.ask("GET", "/family/residents/resident:r-002", null).status())
                .isEqualTo(404);
        assertThat(daughter.ask("GET", "/subjects/resident:r-002" + HEART_RATE, null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anOperatorOfAnotherAreaSeesOnlyWhatHappensThere() {
        LiveConsole console = district.console(OUTSIDER);
        Caller outsider = district.person(OUTSIDER);
        district.event("sos-0002", "sos");
        district.operator().awaitOpen("resident:r-002");
        district.event("sos-0006", "sos");
        console.await("change", row -> row.getString("subject").equals("resident:r-008"));

        assertThat(Stream.concat(
                        console.all("change").stream(),
                        new Case(console.await("open-set", set -> true)).list("items").stream()))
                .allSatisfy(row -> assertThat(row.getString("area")).startsWith("mentougou/longquan"));
        assertThat(outsider.incidents("all"))
                .extracting(row -> row.getString("subject"))
                .containsExactly("resident:r-008");
        assertThat(outsider.get("/residents?query=%E8%B5%B5").getJsonArray("items"))
                .isEmpty();
        assertThat(outsider.get("/devices?subject=" + SUBJECT).getJsonArray("items"))
                .isEmpty();
        assertThat(setAside(OUTSIDER)).doesNotContain("w-0001", "w-0003", "w-0004");
        assertThat(devices(OUTSIDER, "/fleet")).contains("sos-0006").doesNotContain("w-0001", "w-0003", "w-0004");
        assertThat(devices("operator1", "/fleet")).contains("sos-0006", "w-0001", "w-0003", "w-0004");
    }

    private static Stream<Contracts.Operation> operationsWithATarget() {
        return Contracts.all().stream()
                .filter(operation -> !operation.parameters().isEmpty());
    }

    private static DynamicTest refused(String username, Contracts.Operation operation) {
        return DynamicTest.dynamicTest(operation.toString(), () -> {
            Caller.Answer answer = Requests.send(district.person(username), operation, stranger);
            assertThat(answer.status()).as(answer.toString()).isIn(401, 403, 404);
            assertThat(answer.body().encode()).doesNotContain(NAME, "heartRate");
        });
    }

    private static List<String> residentsOf(String username) {
        return new Case(district.person(username).get("/family/residents"))
                .list("items").stream().map(item -> item.getString("name")).toList();
    }

    private static List<JsonObject> readings(String username, String resident) {
        return new Case(district.person(username).get("/subjects/resident:" + resident + HEART_RATE)).list("items");
    }

    private static List<String> setAside(String username) {
        return devices(username, "/set-aside");
    }

    private static List<String> devices(String username, String path) {
        return new Case(district.person(username).get(path))
                .list("items").stream().map(item -> item.getString("device")).toList();
    }
}
