package org.anban.alert.casefile;

import static org.anban.alert.scene.Neighbourhood.DAUGHTER;
import static org.anban.alert.scene.Neighbourhood.FAR_AWAY;
import static org.anban.alert.scene.Neighbourhood.HOME_OF_A_COUPLE;
import static org.anban.alert.scene.Neighbourhood.LI;
import static org.anban.alert.scene.Neighbourhood.SUN;
import static org.anban.alert.scene.Neighbourhood.WANG;
import static org.anban.alert.scene.Neighbourhood.ZHAO;
import static org.anban.kit.testing.TestEdge.json;
import static org.anban.kit.testing.TestEdge.withJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertScene;
import org.anban.alert.blackout.Blackout;
import org.anban.alert.blackout.BlackoutStore;
import org.anban.alert.blackout.Member;
import org.anban.alert.incident.Incident;
import org.anban.alert.notice.Notice;
import org.anban.alert.notice.NoticeConfig;
import org.anban.alert.notice.Signature;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.alert.story.StoryEntry;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.access.Principal;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.testing.TestEdge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Through the HTTP edge, so that the contract is enforced as in production. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IncidentApiTest {
    private static final NoticeConfig.Webhook PROVIDER =
            new NoticeConfig.Webhook(URI.create("http://127.0.0.1:9/"), "0123456789abcdef", Duration.ofSeconds(1));

    private final AlertScene scene =
            new AlertScene(config -> config.inForeground().with(NoticeConfig.DEFAULT.withWebhook(PROVIDER)));
    private final TestEdge edge = new TestEdge(List.of(scene.service().api()), scene.neighbourhood());

    @AfterEach
    void close() {
        edge.close();
        scene.close();
    }

    private static String token(Principal who) {
        return "token-" + who.personId();
    }

    private HttpResponse<String> get(Principal who, String path) throws Exception {
        return edge.send(edge.request("/api/v1" + path, token(who)));
    }

    private HttpResponse<String> post(Principal who, String path, JsonObject body) throws Exception {
        return edge.send(withJson(edge.request("/api/v1" + path, token(who)), body.encode()));
    }

    private JsonObject act(Principal who, Incident incident, String action, JsonObject more) throws Exception {
        HttpResponse<String> response = tryAct(who, incident, action, more);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).getJsonObject("incident");
    }

    private HttpResponse<String> tryAct(Principal who, Incident incident, String action, JsonObject more)
            throws Exception {
        JsonObject body = new JsonObject()
                .put("version", scene.again(incident).version())
                .put("commandId", UUID.randomUUID().toString())
                .mergeIn(more);
        return post(who, "/incidents/" + incident.id() + "/" + action, body);
    }

    private JsonArray items(Principal who, String path) throws Exception {
        HttpResponse<String> response = get(who, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).getJsonArray("items");
    }

    @Test
    void anSosIsTakenCalledVisitedAndClosedThroughTheApi() throws Exception {
        Incident sos = scene.sos(LI);
        JsonObject row = items(ZHAO, "/incidents?state=open").getJsonObject(0);
        assertThat(row.getString("name")).isEqualTo("Name of r-001");
        assertThat(row.getString("priority")).isEqualTo("P0");
        assertThat(row.getBoolean("ring")).isTrue();

        act(ZHAO, sos, "seen", new JsonObject());
        JsonObject taken = act(ZHAO, sos, "take", new JsonObject());
        assertThat(taken.getString("state")).isEqualTo("TAKEN");
        assertThat(taken.getJsonObject("takenBy").getString("name")).isEqualTo("Zhao");
        act(
                ZHAO,
                sos,
                "call",
                new JsonObject()
                        .put("to", new JsonObject().put("kind", "resident").put("number", "13900000000"))
                        .put("outcome", "no_answer"));
        act(ZHAO, sos, "note", new JsonObject().put("text", "sending Feng"));
        String responder =
                items(ZHAO, "/responders?incident=" + sos.id()).getJsonObject(0).getString("id");
        act(ZHAO, sos, "dispatch", new JsonObject().put("responderId", responder));

        JsonObject read = json(get(ZHAO, "/incidents/" + sos.id()));
        assertThat(read.getJsonArray("closeNeedCodes"))
                .containsExactly("RESPONDER_UNDER_WAY", "CONTACT_VISIT_OR_REASON");
        String dispatch = read.getJsonArray("dispatches").getJsonObject(0).getString("id");
        for (String state : List.of("ACCEPTED", "EN_ROUTE", "ARRIVED", "INSIDE", "DONE")) {
            act(
                    ZHAO,
                    sos,
                    "dispatch",
                    new JsonObject().put("dispatchId", dispatch).put("state", state));
        }
        assertThat(json(get(ZHAO, "/incidents/" + sos.id())).getJsonArray("closeNeeds"))
                .isEmpty();
        JsonObject closed = act(ZHAO, sos, "close", new JsonObject().put("disposition", "NO_CONTACT_VISITED_OK"));
        assertThat(closed.getString("state")).isEqualTo("CLOSED");
        assertThat(items(ZHAO, "/incidents?state=open")).isEmpty();
        assertThat(items(ZHAO, "/incidents?state=closed")).hasSize(1);
    }

    @Test
    void theCaseCarriesFileStorySignalsLadderAndItsReadIsRecorded() throws Exception {
        Incident sos = scene.sos(LI);
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.FALL, Priority.P1));
        scene.runDue();
        JsonObject read = json(get(ZHAO, "/incidents/" + sos.id()));

        JsonObject file = read.getJsonObject("file");
        assertThat(file.getInteger("age")).isEqualTo(81);
        assertThat(file.getJsonArray("contacts")).hasSize(3);
        assertThat(file.getJsonArray("riskNotes")).containsExactly("deaf");
        assertThat(read.getJsonArray("signals")).hasSize(1);
        assertThat(read.getJsonArray("story").getJsonObject(0).getString("kind"))
                .isEqualTo("OPENED");
        assertThat(read.getJsonArray("otherIncidents").getJsonObject(0).getString("kind"))
                .isEqualTo("FALL");
        assertThat(read.getJsonArray("notices")).isNotEmpty();
        List<String> ladder = read.getJsonArray("ladder").stream()
                .map(line -> ((JsonObject) line).getString("step") + " " + ((JsonObject) line).getString("state"))
                .toList();
        assertThat(ladder)
                .containsExactly(
                        "operators skipped",
                        "supervisor skipped",
                        "second-operator skipped",
                        "family-and-station sent",
                        "duty-manager due",
                        "everybody due");
        assertThat(scene.neighbourhood().audited()).containsExactly("op-1 incident.read resident:r-001");

        HttpResponse<String> unseen = tryAct(ZHAO, sos, "take", new JsonObject());
        assertThat(unseen.statusCode()).isEqualTo(409);
        JsonObject fall = json(unseen).getJsonObject("incident");
        assertThat(fall.getString("kind")).isEqualTo("FALL");
        JsonObject shown = new JsonObject().put("id", fall.getString("id")).put("version", fall.getInteger("version"));
        act(ZHAO, sos, "take", new JsonObject().put("alsoSeen", new JsonArray().add(shown)));
        assertThat(json(get(ZHAO, "/incidents/" + sos.id()))
                        .getJsonArray("ladder")
                        .getJsonObject(4)
                        .getString("state"))
                .isEqualTo("held");
    }

    @Test
    void theFileOfADwellingShowsWhoLivesThere() throws Exception {
        scene.say(scene.signal(Action.RAISE, HOME_OF_A_COUPLE, IncidentKind.SMOKE, Priority.P0));
        Incident smoke = scene.only(HOME_OF_A_COUPLE, IncidentKind.SMOKE);

        assertThat(json(get(ZHAO, "/incidents/" + smoke.id()))
                        .getJsonObject("file")
                        .getJsonArray("occupants"))
                .hasSize(2);
    }

    @Test
    void neitherABrokenRegisterNorABrokenAuditKeepsAnOperatorFromTheAlarm() throws Exception {
        Incident sos = scene.sos(LI);
        scene.neighbourhood().silent(true);
        scene.neighbourhood().breakAudit();
        HttpResponse<String> read = get(ZHAO, "/incidents/" + sos.id());

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(json(read).getValue("file")).isNull();
        assertThat(json(read).getString("name")).isEqualTo("Name of r-001");
    }

    @Test
    void aRegisterThatHangsKeepsAnOperatorWaitingForTwoSecondsInAll() throws Exception {
        Incident sos = scene.sos(LI);
        scene.neighbourhood().hang();
        long began = System.nanoTime();
        HttpResponse<String> read = get(ZHAO, "/incidents/" + sos.id());

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(4_500));
        assertThat(json(read).getJsonArray("story")).isNotEmpty();
    }

    @Test
    void limitsThatAreMissingCostNothingElseOfTheFile() throws Exception {
        Incident sos = scene.sos(LI);
        scene.neighbourhood().breakProfiles();
        JsonObject file = json(get(ZHAO, "/incidents/" + sos.id())).getJsonObject("file");

        assertThat(file.getJsonArray("contacts")).hasSize(3);
        assertThat(file.containsKey("limits")).isFalse();
    }

    @Test
    void aConflictShowsTheIncidentAsItIs() throws Exception {
        Incident seen = scene.sos(LI);
        scene.sos(LI);
        HttpResponse<String> response = tryAct(ZHAO, seen, "take", new JsonObject().put("version", seen.version()));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonObject problem = json(response);
        assertThat(problem.getJsonObject("incident").getInteger("version")).isEqualTo(2);
        assertThat(problem.getJsonObject("incident").getInteger("joined")).isEqualTo(1);
        assertThat(problem.getInteger("status")).isEqualTo(409);
    }

    @Test
    void theSameCommandTwiceGetsTheSameAnswer() throws Exception {
        Incident sos = scene.sos(LI);
        JsonObject take = new JsonObject().put("version", 1).put("commandId", "command-1");
        HttpResponse<String> first = post(ZHAO, "/incidents/" + sos.id() + "/take", take);
        HttpResponse<String> second = post(ZHAO, "/incidents/" + sos.id() + "/take", take);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(second)).isEqualTo(json(first));
    }

    @Test
    void whatTheContractDoesNotAllowIsRefused() throws Exception {
        Incident sos = scene.sos(LI);
        assertThat(post(ZHAO, "/incidents/" + sos.id() + "/take", new JsonObject())
                        .statusCode())
                .isEqualTo(400);
        assertThat(tryAct(ZHAO, sos, "close", new JsonObject().put("disposition", "BORED"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(ZHAO, "/incidents?state=sideways").statusCode()).isEqualTo(400);
        assertThat(tryAct(ZHAO, sos, "dispatch", new JsonObject()).statusCode()).isEqualTo(400);
        assertThat(get(ZHAO, "/incidents/no-such-thing").statusCode()).isEqualTo(404);
        assertThat(edge.send(edge.request("/api/v1/incidents")).statusCode()).isEqualTo(401);
    }

    @Test
    void staffSeeTheirAreaAndWhatHasNone() throws Exception {
        Incident sos = scene.sos(LI);
        assertThat(items(FAR_AWAY, "/incidents")).isEmpty();
        assertThat(get(FAR_AWAY, "/incidents/" + sos.id()).statusCode()).isEqualTo(404);
        assertThat(tryAct(FAR_AWAY, sos, "take", new JsonObject()).statusCode()).isEqualTo(404);
        assertThat(items(SUN, "/incidents")).hasSize(1);

        scene.neighbourhood().silent(true);
        scene.sos(SubjectId.unbound("button-7"));
        assertThat(items(FAR_AWAY, "/incidents")).hasSize(1);
    }

    @Test
    void howAnIncidentEndedIsToldOnlyByARecordedRead() throws Exception {
        Incident closed = scene.handle(ZHAO, scene.sos(LI));

        JsonObject row = items(ZHAO, "/incidents?state=closed").getJsonObject(0);
        assertThat(row.getString("id")).isEqualTo(closed.id());
        assertThat(row.encode()).doesNotContain("disposition", "ASSISTANCE_GIVEN");
        assertThat(scene.neighbourhood().audited()).isEmpty();
        assertThat(json(get(ZHAO, "/incidents/" + closed.id())).getString("disposition"))
                .isEqualTo("ASSISTANCE_GIVEN");
        assertThat(scene.neighbourhood().audited()).isNotEmpty();
    }

    @Test
    void whatLiesInOtherAreasTakesNoPlaceInTheList() throws Exception {
        Incident newest = scene.handle(ZHAO, scene.sos(LI));
        String columns = scene.read(tx -> tx.createQuery("select string_agg(column_name, ', ') from"
                        + " information_schema.columns where table_schema = 'alert' and table_name = 'incident'"
                        + " and column_name not in ('id', 'area', 'ended_at')")
                .mapTo(String.class)
                .one());
        scene.read(tx -> tx.execute(
                "insert into alert.incident (id, area, ended_at, " + columns + ")"
                        + " select 'copy-' || n, case n when 2100 then 'faraway/lane-2' else area end,"
                        + " ended_at - make_interval(secs => n), " + columns
                        + " from alert.incident, generate_series(1, 2100) as n where id = ?",
                newest.id()));

        JsonArray far = items(FAR_AWAY, "/incidents?state=closed");
        assertThat(far).hasSize(1);
        assertThat(far.getJsonObject(0).getString("id")).isEqualTo("copy-2100");
        assertThat(items(ZHAO, "/incidents?state=closed")).hasSize(2000);
    }

    @Test
    void familySeesItsOwnReducedAndNobodyElses() throws Exception {
        Incident own = scene.sos(LI);
        Incident other = scene.sos(WANG);
        JsonObject read = json(get(DAUGHTER, "/incidents/" + own.id()));

        assertThat(read.getString("state")).isEqualTo("OPEN");
        assertThat(read.fieldNames()).doesNotContain("file", "notices", "calls", "signals", "takenBy");
        assertThat(read.getJsonArray("story").getJsonObject(0).fieldNames()).containsExactlyInAnyOrder("at", "kind");
        assertThat(scene.neighbourhood().audited()).containsExactly("f-1 incident.read resident:r-001");
        assertThat(get(DAUGHTER, "/incidents/" + other.id()).statusCode()).isEqualTo(404);
        assertThat(get(DAUGHTER, "/incidents").statusCode()).isEqualTo(403);
        assertThat(tryAct(DAUGHTER, own, "take", new JsonObject()).statusCode()).isEqualTo(403);
        assertThat(get(DAUGHTER, "/incidents/stream").statusCode()).isEqualTo(403);

        scene.neighbourhood().breakAudit();
        assertThat(get(DAUGHTER, "/incidents/" + own.id()).statusCode()).isEqualTo(503);
    }

    @Test
    void aPersonOpensAnIncidentWithTheSameLadder() throws Exception {
        JsonObject words = new JsonObject()
                .put("commandId", "command-1")
                .put("subject", LI.toString())
                .put("kind", "CONCERN")
                .put("words", "I cannot reach my mother");
        HttpResponse<String> first = post(DAUGHTER, "/incidents", words);
        HttpResponse<String> second = post(DAUGHTER, "/incidents", words);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(json(first).getString("priority")).isEqualTo("P2");
        assertThat(json(first).fieldNames())
                .doesNotContain("area", "station", "takenBy", "staleAt", "caseId", "version", "ring");
        assertThat(json(second).getString("id")).isEqualTo(json(first).getString("id"));
        assertThat(scene.only(LI, IncidentKind.CONCERN).standing().joined()).isZero();
        scene.runDue();
        assertThat(scene.steps(scene.only(LI, IncidentKind.CONCERN))).isNotEmpty();

        assertThat(post(ZHAO, "/incidents", words.copy()).statusCode()).isEqualTo(201);
        assertThat(post(ZHAO, "/incidents", words.copy().put("subject", WANG.toString()))
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(DAUGHTER, "/incidents", words.copy().put("subject", WANG.toString()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(
                                DAUGHTER,
                                "/incidents",
                                words.copy().put("commandId", "c-2").put("priority", "P1"))
                        .statusCode())
                .isEqualTo(403);
        JsonObject urgent = json(
                post(ZHAO, "/incidents", words.copy().put("commandId", "c-3").put("priority", "P1")));
        assertThat(urgent.getString("priority")).isEqualTo("P1");
        assertThat(urgent.getInteger("joined")).isEqualTo(2);
    }

    @Test
    void dutyIsOffUntilThePersonSaysOtherwise() throws Exception {
        assertThat(json(get(ZHAO, "/duty")).getBoolean("onDuty")).isFalse();
        assertThat(json(post(ZHAO, "/duty", new JsonObject().put("onDuty", true)))
                        .getBoolean("onDuty"))
                .isTrue();
        assertThat(json(get(ZHAO, "/duty")).getString("since"))
                .isEqualTo(scene.now().toString());
        assertThat(get(DAUGHTER, "/duty").statusCode()).isEqualTo(403);
    }

    @Test
    void everyDispositionHasBothLanguages() throws Exception {
        JsonArray items = items(ZHAO, "/dispositions");
        assertThat(items).hasSize(19);
        assertThat(items).allSatisfy(item -> {
            assertThat(((JsonObject) item).getString("zh")).isNotBlank();
            assertThat(((JsonObject) item).getString("en")).isNotBlank();
        });
    }

    @Test
    void aReceiptCountsOnlyIfItIsSigned() throws Exception {
        Incident sos = scene.sos(LI);
        scene.runDue();
        String notice = scene.notices(sos).get(0).id();
        String path = "/api/v1/notices/" + notice + "/receipt";
        String body = "{\"state\":\"delivered\"}";

        assertThat(edge.send(withJson(edge.request(path), body)).statusCode()).isEqualTo(401);
        assertThat(edge.send(withJson(
                                edge.request(path)
                                        .header(
                                                Signature.HEADER,
                                                Signature.of("a wrong secret..", scene.now(), notice, body)),
                                body))
                        .statusCode())
                .isEqualTo(401);
        assertThat(edge.send(withJson(
                                edge.request(path)
                                        .header(
                                                Signature.HEADER,
                                                Signature.of(PROVIDER.secret(), scene.now(), notice, body)),
                                body))
                        .statusCode())
                .isEqualTo(204);
        assertThat(scene.notices(sos).get(0).progress().receipt()).isEqualTo("delivered");
    }

    @Test
    void aReceiptOfOneNoticeIsNoneOfAnother() throws Exception {
        Incident sos = scene.sos(LI);
        scene.runDue();
        Notice one = scene.notices(sos).get(0);
        Notice other = scene.notices(sos).get(1);
        String body = "{\"state\":\"failed\"}";
        String header = Signature.of(PROVIDER.secret(), scene.now(), one.id(), body);

        assertThat(receipt(other, header, body)).isEqualTo(401);
        assertThat(scene.notices(sos).get(1).progress().receipt()).isNull();
        assertThat(receipt(one, header, body)).isEqualTo(204);
        assertThat(scene.story(sos))
                .filteredOn(entry -> entry.kind() == StoryKind.NOTICE_FAILED)
                .extracting(StoryEntry::text)
                .containsExactly("could not ring " + one.recipient().name() + ": the provider says that it failed");
    }

    private int receipt(Notice notice, String header, String body) throws Exception {
        String path = "/api/v1/notices/" + notice.id() + "/receipt";
        return edge.send(withJson(edge.request(path).header(Signature.HEADER, header), body))
                .statusCode();
    }

    @Test
    void theStreamBeginsWithTheOpenSetAndIsConfirmedOverHttp() throws Exception {
        scene.sos(LI);
        HttpResponse<InputStream> response =
                edge.send(edge.request("/api/v1/incidents/stream", token(ZHAO)), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            JsonObject hello = event(reader, "hello");
            JsonObject open = event(reader, "open-set");
            JsonObject beat = event(reader, "beat");
            assertThat(open.getJsonArray("items")).hasSize(1);

            String confirm = "/incidents/stream/" + hello.getString("streamId") + "/confirm";
            JsonObject n = new JsonObject().put("n", beat.getLong("n"));
            assertThat(post(ZHAO, confirm, n).statusCode()).isEqualTo(204);
            assertThat(post(SUN, confirm, n).statusCode()).isEqualTo(404);
            Incident second = scene.sos(WANG);
            scene.streams().publish();
            assertThat(event(reader, "change").getString("id")).isEqualTo(second.id());
        }
    }

    private static JsonObject event(BufferedReader reader, String name) throws Exception {
        String line = reader.readLine();
        while (!line.equals("event: " + name)) {
            line = reader.readLine();
        }
        return new JsonObject(reader.readLine().substring("data: ".length()));
    }

    @Test
    void anOutageOfManyListsWhomToCallFirst() throws Exception {
        SubjectId street = SubjectId.parse("area:dayu/lane-1");
        AlertSignal signal = scene.signal(Action.RAISE, street, IncidentKind.AREA_OUTAGE, Priority.P2);
        scene.say(signal);
        Incident outage = scene.only(street, IncidentKind.AREA_OUTAGE);
        scene.neighbourhood().notes(WANG, List.of("家用制氧机"));
        scene.neighbourhood().notes(SubjectId.resident("r-alone"), List.of("独居，话不多"));
        Blackout blackout = new Blackout(
                signal.id(),
                street,
                scene.now(),
                List.of(
                        new Member("w-back", SubjectId.resident("r-back"), scene.now(), scene.now()),
                        new Member("w-1", LI, scene.now(), null),
                        new Member("w-3", SubjectId.resident("r-alone"), scene.now(), null),
                        new Member("w-2", WANG, scene.now(), null)));
        scene.read(tx -> {
            new BlackoutStore().save(tx, List.of(blackout));
            return true;
        });

        JsonArray members = items(ZHAO, "/incidents/" + outage.id() + "/members");

        assertThat(members.stream().map(each -> ((JsonObject) each).getString("subject")))
                .containsExactly(WANG.toString(), "resident:r-alone", LI.toString(), "resident:r-back");
        JsonObject first = members.getJsonObject(0);
        assertThat(first.getString("callFirst")).isEqualTo("BREATHING");
        assertThat(first.getString("address")).isEqualTo("Lane 1");
        assertThat(first.getString("phone")).isEqualTo("13900000000");
        assertThat(first.getJsonArray("devices").getJsonObject(0).getString("device"))
                .isEqualTo("w-2");
        assertThat(members.getJsonObject(3).getBoolean("silent")).isFalse();
        assertThat(scene.neighbourhood().audited()).contains("op-1 incident.members.read " + street);
        assertThat(get(FAR_AWAY, "/incidents/" + outage.id() + "/members").statusCode())
                .isEqualTo(404);
        assertThat(get(DAUGHTER, "/incidents/" + outage.id() + "/members").statusCode())
                .isEqualTo(403);
        assertThat(items(ZHAO, "/incidents/" + scene.sos(LI).id() + "/members")).isEmpty();
    }

    @Test
    void anOutageThatSpreadsAfterItsIncidentWasClosedHasItsMembersInTheNextOne() throws Exception {
        SubjectId street = SubjectId.parse("area:dayu/lane-1");
        AlertSignal first = scene.signal(Action.RAISE, street, IncidentKind.AREA_OUTAGE, Priority.P2);
        scene.read(tx -> {
            Blackout blackout =
                    new Blackout(first.id(), street, scene.now(), List.of(new Member("w-1", LI, scene.now(), null)));
            new BlackoutStore().save(tx, List.of(blackout));
            return true;
        });
        scene.say(new AlertSignal(
                first.id() + ":grown:7",
                Action.RAISE,
                street,
                IncidentKind.AREA_OUTAGE,
                Priority.P2,
                first.time(),
                null,
                "the outage has spread",
                null,
                ""));
        Incident outage = scene.only(street, IncidentKind.AREA_OUTAGE);

        assertThat(items(ZHAO, "/incidents/" + outage.id() + "/members")).hasSize(1);
    }

    @Test
    void inALargeOutageEverybodyHasANameAndTheFirstToCallComeFirst() throws Exception {
        SubjectId street = SubjectId.parse("area:dayu/lane-1");
        AlertSignal signal = scene.signal(Action.RAISE, street, IncidentKind.AREA_OUTAGE, Priority.P2);
        scene.say(signal);
        Incident outage = scene.only(street, IncidentKind.AREA_OUTAGE);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            SubjectId subject = SubjectId.resident("r-%04d".formatted(i));
            members.add(new Member("w-%04d".formatted(i), subject, scene.now(), i < 1_000 ? null : scene.now()));
        }
        SubjectId last = SubjectId.resident("r-0999");
        SubjectId unknown = SubjectId.resident("r-0500");
        scene.neighbourhood().notes(last, List.of("家用制氧机"));
        scene.neighbourhood().strange(unknown);
        scene.neighbourhood().slowly(Duration.ofMillis(4));
        scene.read(tx -> {
            new BlackoutStore().save(tx, List.of(new Blackout(signal.id(), street, scene.now(), members)));
            return true;
        });

        JsonObject page = members(outage, "");

        assertThat(page.getInteger("total")).isEqualTo(1_200);
        assertThat(page.getInteger("silent")).isEqualTo(1_000);
        assertThat(page.getJsonArray("items")).hasSize(500);
        assertThat(page.getJsonArray("items").getJsonObject(0).getString("subject"))
                .isEqualTo(last.toString());
        assertThat(page.getJsonArray("items").getJsonObject(1).getString("subject"))
                .isEqualTo(unknown.toString());
        assertThat(page.getJsonArray("items").getJsonObject(1).getBoolean("known"))
                .isFalse();
        JsonObject rest = members(outage, "?offset=1000&limit=300");
        assertThat(rest.getJsonArray("items")).hasSize(200).allMatch(each -> ((JsonObject) each).getBoolean("known"));
        assertThat(members(outage, "?offset=5000").getJsonArray("items")).isEmpty();
        assertThat(get(ZHAO, "/incidents/" + outage.id() + "/members?limit=501").statusCode())
                .isEqualTo(400);
    }

    private JsonObject members(Incident outage, String query) throws Exception {
        return new JsonObject(
                get(ZHAO, "/incidents/" + outage.id() + "/members" + query).body());
    }
}
