package org.anban.launcher.journey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anban.launcher.journey.Caller;
import org.anban.launcher.journey.District;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The contracts are enforced: whoever breaks one is told which field, and nothing happens. */
@Timeout(120)
class ContractJourneyTest {
    private static final List<String> FOR_FAMILY = List.of("openConcern");

    private static District district;
    private static Requests.Target target;

    @BeforeAll
    static void start() {
        district = District.open();
        target = new Requests.Target(
                "resident:r-001", district.sos("sos-0001", "resident:r-001").getString("id"), "w-0001");
    }

    @AfterAll
    static void stop() {
        district.close();
    }

    @TestFactory
    Stream<DynamicTest> aRequiredFieldThatIsMissingIsNamed() {
        return withBody().flatMap(operation -> operation.requiredFields().stream()
                .map(field -> named(operation, field, "without " + field, without(operation, field))));
    }

    @TestFactory
    Stream<DynamicTest> aFieldOfAWrongTypeIsNamed() {
        return withBody().flatMap(operation -> operation.body().getJsonObject("properties").fieldNames().stream()
                .map(field -> named(
                        operation,
                        field,
                        field + " of another type",
                        Requests.bodyOf(operation).put(field, anotherType(operation.field(field))))));
    }

    @TestFactory
    Stream<DynamicTest> aWordThatIsNotInTheListIsNamed() {
        return withBody().flatMap(operation -> operation.body().getJsonObject("properties").fieldNames().stream()
                .filter(field -> operation.field(field).containsKey("enum"))
                .map(field -> named(
                        operation,
                        field,
                        field + " of another list",
                        Requests.bodyOf(operation).put(field, "NO_SUCH_WORD"))));
    }

    @TestFactory
    Stream<DynamicTest> aTextThatIsTooLongIsNamed() {
        return withBody().flatMap(operation -> operation.body().getJsonObject("properties").fieldNames().stream()
                .filter(field -> operation.field(field).containsKey("maxLength"))
                .map(field -> named(
                        operation,
                        field,
                        field + " too long",
                        Requests.bodyOf(operation)
                                .put(field, "x".repeat(operation.field(field).getInteger("maxLength") + 1)))));
    }

    @TestFactory
    Stream<DynamicTest> aFieldThatIsNotAllowedIsNamed() {
        return withBody()
                .filter(operation -> Boolean.FALSE.equals(operation.body().getValue("additionalProperties")))
                .map(operation -> named(
                        operation,
                        "surprise",
                        "with a field more",
                        Requests.bodyOf(operation).put("surprise", 1)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoJsonObjectIsRefused() {
        return withBody().flatMap(operation -> Stream.of("", "{", "[]", "7", "null", "\"text\"", "{\"a\":1}trailing")
                .map(body -> DynamicTest.dynamicTest(operation + " " + body, () -> {
                    Caller.Answer answer = caller(operation).askWith(operation.method(), target.in(operation), body);
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                })));
    }

    @TestFactory
    Stream<DynamicTest> aParameterThatBreaksTheContractIsNamed() {
        return Stream.of(
                        List.of("/incidents?state=lost", "state"),
                        List.of("/residents", "query"),
                        List.of("/residents?query=", "query"),
                        List.of("/devices?limit=0", "limit"),
                        List.of("/devices?limit=many", "limit"),
                        List.of("/responders", "incident"),
                        List.of("/residents/dwelling:d-001", "subject"),
                        List.of("/subjects/resident:r-001/readings?from=2026-01-05T00:00:00Z", "signal"),
                        List.of(series("heartRate", "yesterday"), "from"),
                        List.of(series("mood", "2026-01-05T00:00:00Z"), "signal"),
                        List.of("/subjects/nobody/readings" + tail("heartRate", "2026-01-05T00:00:00Z"), "subject"))
                .map(one -> DynamicTest.dynamicTest(one.get(0), () -> {
                    Caller.Answer answer = district.operator().ask("GET", one.get(0), null);
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                    assertThat(answer.detail()).contains(one.get(1));
                }));
    }

    @TestFactory
    Stream<DynamicTest> anOddTextIsNeverAFailureOfOurs() {
        return withBody().flatMap(operation -> operation.body().getJsonObject("properties").fieldNames().stream()
                .filter(field -> isOf(operation.field(field), "string"))
                .flatMap(field -> Stream.of("a\u0000b", "a\ud800b", "\u202e', --", "  ")
                        .map(odd -> understood(operation, field, odd))));
    }

    @TestFactory
    Stream<DynamicTest> anOddNumberIsNeverAFailureOfOurs() {
        return withBody().flatMap(operation -> operation.body().getJsonObject("properties").fieldNames().stream()
                .filter(field -> isOf(operation.field(field), "integer"))
                .flatMap(field -> Stream.of(4_294_967_297L, Long.MAX_VALUE, 1e30, 1.5, -1)
                        .map(odd -> understood(operation, field, odd))));
    }

    @TestFactory
    Stream<DynamicTest> anOddPlaceIsNeverAFailureOfOurs() {
        return Stream.of(
                        "/residents?query=%00",
                        "/residents?query=%25_",
                        "/devices?after=%00",
                        "/devices?kind=%00",
                        "/devices/w%00/set-aside",
                        "/devices/%E5%AE%89/commands",
                        "/incidents/%00",
                        "/responders?incident=%00",
                        "/subjects/resident:%00/readings" + tail("heartRate", "2026-01-05T00:00:00Z"),
                        series("heartRate", "+999999999-12-31T23:59:59Z"),
                        series("heartRate", "2026-01-05T00:00:00Z") + "&limit=99999999999",
                        "/residents/resident:%00",
                        "/no/such/place")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    Caller.Answer answer = district.operator().ask("GET", path, null);
                    assertThat(answer.status()).as(answer.toString()).isLessThan(500);
                }));
    }

    @Test
    void aBodyOfFiveMebibytesIsRefused() {
        Caller.Answer answer =
                district.operator().askWith("POST", "/incidents", "{\"words\":\"" + "x".repeat(5 << 20) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
    }

    @TestFactory
    Stream<DynamicTest> theRequestsThemselvesAreGood() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Contracts.Operation operation : withBody().toList()) {
            tests.add(DynamicTest.dynamicTest(operation.toString(), () -> assertThat(
                            Requests.send(caller(operation), operation, target).status())
                    .isNotEqualTo(400)));
        }
        return tests.stream();
    }

    private static String series(String signal, String from) {
        return "/subjects/resident:r-001/readings" + tail(signal, from);
    }

    private static String tail(String signal, String from) {
        return "?signal=" + signal + "&from=" + from + "&to=2026-01-06T00:00:00Z";
    }

    private static Stream<Contracts.Operation> withBody() {
        return Contracts.all().stream().filter(Contracts.Operation::hasBody);
    }

    private static JsonObject without(Contracts.Operation operation, String field) {
        JsonObject body = Requests.bodyOf(operation);
        body.remove(field);
        return body;
    }

    private static boolean isOf(JsonObject schema, String type) {
        return String.valueOf(schema.getValue("type")).contains(type);
    }

    private static DynamicTest understood(Contracts.Operation operation, String field, Object odd) {
        return DynamicTest.dynamicTest(
                operation + " " + field + " " + JsonArray.of(odd).encode(), () -> {
                    Caller.Answer answer = caller(operation)
                            .ask(
                                    operation.method(),
                                    target.in(operation),
                                    Requests.bodyOf(operation).put(field, odd));
                    assertThat(answer.status()).as(answer.toString()).isLessThan(500);
                });
    }

    private static Object anotherType(JsonObject schema) {
        return isOf(schema, "string") ? new JsonArray().add(7) : "text";
    }

    private static DynamicTest named(Contracts.Operation operation, String field, String what, JsonObject body) {
        return DynamicTest.dynamicTest(operation + " " + what, () -> {
            Caller.Answer answer = caller(operation).ask(operation.method(), target.in(operation), body);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.detail()).contains(field);
        });
    }

    private static Caller caller(Contracts.Operation operation) {
        return FOR_FAMILY.contains(operation.id()) ? district.person("family1") : district.operator();
    }
}
