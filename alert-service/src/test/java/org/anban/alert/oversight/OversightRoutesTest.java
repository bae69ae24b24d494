package org.anban.alert.oversight;

import static org.anban.alert.scene.Neighbourhood.DAUGHTER;
import static org.anban.alert.scene.Neighbourhood.FAR_AWAY;
import static org.anban.alert.scene.Neighbourhood.SUN;
import static org.anban.alert.scene.Neighbourhood.ZHAO;
import static org.anban.kit.testing.TestEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertConfig;
import org.anban.alert.AlertScene;
import org.anban.contracts.access.Principal;
import org.anban.kit.testing.TestEdge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OversightRoutesTest {
    private static final String OUTAGES = "/api/v1/outages";
    private static final String SET_ASIDE = "/api/v1/detection/set-aside";

    private final AlertScene scene = new AlertScene(AlertConfig::inForeground);
    private final TestEdge edge = new TestEdge(List.of(scene.service().api()), scene.neighbourhood());

    @AfterEach
    void close() {
        edge.close();
        scene.close();
    }

    private HttpResponse<String> get(Principal who, String path) throws Exception {
        return edge.send(edge.request(path, "token-" + who.personId()));
    }

    private JsonArray items(Principal who, String path) throws Exception {
        HttpResponse<String> response = get(who, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).getJsonArray("items");
    }

    private void outage() {
        scene.read(tx -> tx.execute("insert into alert.outage (batch, from_at, to_at) values"
                + " (7, '2026-01-05T00:00:00Z', '2026-01-05T00:10:00Z')"));
        scene.read(tx -> tx.execute("insert into alert.outage_check (outage, subject, heard_before, heard_again) values"
                + " (7, 'resident:r-001', '2026-01-04T23:59:00Z', null),"
                + " (7, 'resident:r-002', '2026-01-04T23:58:00Z', '2026-01-05T00:11:00Z')"));
    }

    @Test
    void staffSeeWhomToCheckAfterAnOutageAndThatIsRecorded() throws Exception {
        outage();
        JsonArray outages = items(ZHAO, OUTAGES);

        assertThat(outages).hasSize(1);
        assertThat(outages.getJsonObject(0).getString("to")).isEqualTo("2026-01-05T00:10:00Z");
        assertThat(outages.getJsonObject(0).getJsonArray("check"))
                .containsExactly(new JsonObject()
                        .put("subject", "resident:r-001")
                        .put("name", "Name of r-001")
                        .put("area", "dayu/lane-1")
                        .put("heardBefore", "2026-01-04T23:59:00Z"));
        assertThat(scene.neighbourhood().audited()).containsExactly("op-1 outages.read null");
        assertThat(items(FAR_AWAY, OUTAGES).getJsonObject(0).getJsonArray("check"))
                .isEmpty();
        assertThat(items(SUN, OUTAGES).getJsonObject(0).getJsonArray("check")).hasSize(1);
    }

    @Test
    void whomToCheckIsToldAlsoWhileTheRegisterIsSilent() throws Exception {
        outage();
        scene.neighbourhood().silent(true);
        scene.neighbourhood().breakAudit();

        JsonObject check =
                items(FAR_AWAY, OUTAGES).getJsonObject(0).getJsonArray("check").getJsonObject(0);
        assertThat(check.getString("subject")).isEqualTo("resident:r-001");
        assertThat(check.getString("name")).isEqualTo("r-001");
    }

    @Test
    void staffSeeWhatCouldNotBeEvaluatedInTheirAreaOrOfNobody() throws Exception {
        scene.read(
                tx -> tx.execute("insert into alert.set_aside_event (lane, batch, place, rule, device, subject, error,"
                        + " at) values ('ALARM', 4, 2, 'fall', 'w-1', 'resident:r-001', 'it broke', '2026-01-05T00:00:00Z'),"
                        + " ('ALARM', 5, -1, 'log', '', '', 'cannot be read', '2026-01-05T00:00:01Z')"));

        assertThat(items(ZHAO, SET_ASIDE))
                .extracting(item -> ((JsonObject) item).getLong("batch"))
                .containsExactly(5L, 4L);
        assertThat(items(ZHAO, SET_ASIDE).getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("at", "2026-01-05T00:00:00Z")
                        .put("lane", "ALARM")
                        .put("batch", 4)
                        .put("place", 2)
                        .put("rule", "fall")
                        .put("device", "w-1")
                        .put("subject", "resident:r-001")
                        .put("error", "it broke"));
        assertThat(items(FAR_AWAY, SET_ASIDE))
                .extracting(item -> ((JsonObject) item).getLong("batch"))
                .containsExactly(5L);
    }

    @Test
    void familySeesNeither() throws Exception {
        assertThat(get(DAUGHTER, OUTAGES).statusCode()).isEqualTo(403);
        assertThat(get(DAUGHTER, SET_ASIDE).statusCode()).isEqualTo(403);
    }
}
