package org.anban.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pushes of every platform through the real edge into the log. */
@Timeout(120)
class PushApiTest {
    private static PushUnderTest push;

    @BeforeAll
    static void start() {
        push = new PushUnderTest();
    }

    @AfterAll
    static void stop() {
        push.close();
    }

    @Test
    void oneNetIsAnsweredWithItsMessageWhenItChecksTheAddress() throws Exception {
        String token = push.create("onenet-check", "onenet");
        HttpResponse<String> answer = push.platform("onenet-check").oneNetCheck(token, "a message +/=");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a message +/=");
        assertThat(push.platform("onenet-check")
                        .oneNetCheck("another token", "a message")
                        .statusCode())
                .isEqualTo(401);
        assertThat(push.platform("onenet-check").get("msg=unsigned").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aPlusInASignatureMayComeAsABlank() throws Exception {
        String token = push.create("onenet-plus", "onenet");
        String message = "m";
        while (!Platform.md5(token + "abcd1234" + message).contains("+")) {
            message += "m";
        }
        String signature = Platform.md5(token + "abcd1234" + message);
        HttpResponse<String> answer = push.platform("onenet-plus")
                .get("msg=" + message + "&nonce=abcd1234&signature="
                        + signature.replace("=", "%3D").replace("/", "%2F"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aBatchOfOneNetIsAnsweredOnceItIsInTheLogAndABadItemBlocksNoGoodOne() throws Exception {
        push.list("onenet-batch", "866971030431923", "nb-1");
        String token = push.create("onenet-batch", "onenet");
        String batch =
                "[ {\"type\":1,\"imei\":\"866971030431923\",\"ds_id\":\"heartRate\",\"at\":1767572400000,\"value\":72},\n"
                        + " {\"type\":1,\"imei\":\"000000000000000\",\"ds_id\":\"heartRate\",\"at\":1767572400000,\"value\":72},"
                        + " {\"type\":1,\"imei\":\"866971030431923\",\"ds_id\":\"报警\",\"at\":1767572401000,\"value\":\"x\"},"
                        + " {\"type\":7,\"imei\":\"866971030431923\"}, {\"type\":1,\"imei\":\"866971030431923\",\"ds_id\":\"sos\",\"value\":1} ]";
        HttpResponse<String> answer = push.platform("onenet-batch").oneNet(token, batch);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject().put("messages", 5).put("setAside", 2));
        List<LogEntry> readings = push.gateway().logged(Lane.TELEMETRY, "nb-1");
        assertThat(readings).hasSize(2);
        assertThat(((Readings) readings.get(0).event()).values().get(Signal.HEART_RATE))
                .isEqualTo(72);
        assertThat(readings.get(0).event().time().at()).isEqualTo(Instant.ofEpochMilli(1767572400000L));
        assertThat(kinds("nb-1")).containsExactly(ReportKind.SOS);
        Eventually.until("counted", () -> push.gateway().setAside("onenet-batch", "unlisted") == 1);
        Eventually.until("kept", () -> push.gateway().setAside("nb-1", "unknown-field") == 2);
    }

    @Test
    void studioPushesPropertiesAndEvents() throws Exception {
        push.list("studio", "watch-17", "st-1");
        String token = push.create("studio", "onenet");
        push.words("studio", new JsonObject().put("name", "sosAlarm").put("means", "sos"));
        JsonObject property =
                new JsonObject("{\"deviceName\":\"watch-17\",\"messageType\":\"notify\",\"notifyType\":\"property\","
                        + "\"data\":{\"params\":{\"heart_rate\":{\"value\":73,\"time\":1767572400000}}}}");
        JsonObject event =
                new JsonObject("{\"deviceName\":\"watch-17\",\"messageType\":\"notify\",\"notifyType\":\"event\","
                        + "\"data\":{\"params\":{\"sosAlarm\":{\"value\":{},\"time\":1767572400000}}}}");
        assertThat(push.platform("studio").studio(token, "m-1", property).statusCode())
                .isEqualTo(200);
        assertThat(push.platform("studio").studio(token, "m-2", event).statusCode())
                .isEqualTo(200);
        assertThat(push.gateway().logged(Lane.TELEMETRY, "st-1")).hasSize(1);
        DeviceReport sos = reports("st-1").get(0);
        assertThat(sos.eventId()).isEqualTo("m-2:sos");
    }

    @Test
    void whatAPlatformSeesNoMoreHasLostItsConnection() throws Exception {
        push.list("offline", "862592051651472", "off-1");
        String token = push.create("offline", "ctwing");
        HttpResponse<String> answer = push.platform("offline")
                .withToken(
                        token,
                        "{\"messageType\":\"deviceOnlineOfflineReport\",\"eventType\":0,\"timestamp\":1767572400000,"
                                + "\"IMEI\":\"862592051651472\"}");
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject().put("messages", 1).put("setAside", 0));
        DeviceReport lost = (DeviceReport)
                push.gateway().logged(Lane.TELEMETRY, "off-1").get(0).event();
        assertThat(lost.kind()).isEqualTo(ReportKind.CONNECTION_LOST);
        assertThat(lost.time().at()).isEqualTo(Instant.ofEpochMilli(1767572400000L));
        assertThat(push.platform("offline")
                        .withToken(token, ctWing("{\"type\":\"connection-lost\"}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(push.gateway().logged(Lane.TELEMETRY, "off-1").stream()
                        .filter(entry -> entry.event() instanceof DeviceReport))
                .as("a device cannot say that itself")
                .hasSize(1);
    }

    @Test
    void whatIsPushedAgainIsTheSameEventAgain() throws Exception {
        push.list("ctwing", "862592051651472", "ct-1");
        String token = push.create("ctwing", "ctwing");
        String body = ctWing("{\"type\":\"sos\"}");
        assertThat(push.platform("ctwing").withToken(token, body).statusCode()).isEqualTo(200);
        push.gateway().time().advance(java.time.Duration.ofSeconds(5));
        assertThat(push.platform("ctwing").withToken(token, body).statusCode()).isEqualTo(200);
        List<DeviceReport> reports = reports("ct-1");
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0).eventId())
                .isNotEmpty()
                .isEqualTo(reports.get(1).eventId());
        assertThat(reports.get(0).digest()).isEqualTo(reports.get(1).digest());
        assertThat(push.platform("ctwing").get("token=" + token).body()).isEqualTo("ok");
    }

    @Test
    void anAccountMayNameOnlyDevicesOnItsOwnList() throws Exception {
        push.list("neighbour", "862592051651472", "theirs");
        String token = push.create("greedy", "ctwing");
        HttpResponse<String> answer = push.platform("greedy").withToken(token, ctWing("{\"type\":\"sos\"}"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getInteger("setAside")).isEqualTo(1);
        assertThat(reports("theirs")).isEmpty();
        assertThat(push.gateway().unstored().poll(30, TimeUnit.SECONDS))
                .as("somebody may need help all the same")
                .isEqualTo(new DeviceId("greedy"));
    }

    @Test
    void huaweiSignsWithItsTokenAndAnOldSignatureIsRefused() throws Exception {
        push.list("huawei", "862592051651472", "hw-1");
        String token = push.create("huawei", "huawei");
        String body =
                "{\"resource\":\"device.property\",\"event\":\"report\",\"event_time\":\"20260105T002900Z\",\"notify_data\":{"
                        + "\"header\":{\"device_id\":\"p_8888\",\"node_id\":\"862592051651472\"},\"body\":{\"services\":[{\"service_id\":"
                        + "\"Monitor\",\"properties\":{\"heartRate\":78,\"fall\":1},\"event_time\":\"20260105T002900Z\"}]}}}";
        Instant now = push.gateway().time().instant();
        assertThat(push.platform("huawei").huawei(token, now, body).statusCode())
                .isEqualTo(200);
        assertThat(kinds("hw-1")).containsExactly(ReportKind.FALL);
        assertThat(reports("hw-1").get(0).time().at()).isEqualTo(Instant.parse("2026-01-05T00:29:00Z"));
        assertThat(push.platform("huawei")
                        .huawei(token, now.minusSeconds(301), body)
                        .statusCode())
                .isEqualTo(401);
        assertThat(push.platform("huawei").huawei("wrong", now, body).statusCode())
                .isEqualTo(401);
        assertThat(push.platform("huawei").withToken(token, body).statusCode()).isEqualTo(200);
    }

    @Test
    void ourOwnFormIsSignedOverItsBody() throws Exception {
        push.list("own", "17", "own-1");
        String secret = push.create("own", "anban");
        String body =
                "{\"messages\":[{\"device\":\"17\",\"topic\":\"telemetry\",\"payload\":[{\"n\":\"heartRate\",\"v\":72}]}]}";
        Instant now = push.gateway().time().instant();
        Platform platform = push.platform("own");
        assertThat(platform.own(secret, now, body).statusCode()).isEqualTo(200);
        assertThat(push.gateway().logged(Lane.TELEMETRY, "own-1")).hasSize(1);
        assertThat(platform.own(secret, now.minusSeconds(301), body).statusCode())
                .isEqualTo(401);
        assertThat(platform.ownCheck(secret, now, "are you there?").body()).isEqualTo("are you there?");
    }

    @Test
    void wrongProofsAreCountedAndLimitedAndTheRightOneIsLetIn() throws Exception {
        push.list("guarded", "862592051651472", "guarded-1");
        String token = push.create("guarded", "ctwing");
        Platform platform = push.platform("guarded");
        for (int i = 0; i < 10; i++) {
            assertThat(platform.withToken("guess " + i, "[]").statusCode()).isEqualTo(401);
        }
        assertThat(platform.withToken("guess", "[]").statusCode()).isEqualTo(429);
        assertThat(platform.withToken(token, ctWing("{\"hr\":1}")).statusCode()).isEqualTo(200);
        Eventually.until("counted", () -> push.gateway().setAside("guarded", "wrong-key") == 10);
        assertThat(push.platform("nobody").withToken(token, "[]").statusCode()).isEqualTo(401);
    }

    @Test
    void whatCannotBeReadAtAllIsRefusedAndCounted() throws Exception {
        String token = push.create("garbled", "ctwing");
        Platform platform = push.platform("garbled");
        assertThat(platform.withToken(token, "not JSON").statusCode()).isEqualTo(400);
        assertThat(platform.withToken(token, "").statusCode()).isEqualTo(400);
        assertThat(platform.withToken(token, "42").statusCode()).isEqualTo(400);
        assertThat(platform.withToken(token, "[" + " ".repeat(256 * 1024) + "]").statusCode())
                .isEqualTo(413);
        Eventually.until("counted", () -> push.gateway().setAside("garbled", "unparseable") == 2);
        push.create("encrypted", "onenet");
        assertThat(push.platform("encrypted")
                        .withToken("", "{\"enc_msg\":\"x\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    private static String ctWing(String payload) {
        String encoded = Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return "{\"timestamp\":1767572400000,\"messageType\":\"dataReport\",\"IMEI\":\"862592051651472\",\"deviceId\":\"d\","
                + "\"payload\":{\"APPdata\":\"" + encoded + "\"}}";
    }

    private static List<DeviceReport> reports(String device) throws InterruptedException {
        return push.gateway().logged(Lane.ALARM, device).stream()
                .map(entry -> (DeviceReport) entry.event())
                .toList();
    }

    private static List<ReportKind> kinds(String device) throws InterruptedException {
        return reports(device).stream().map(DeviceReport::kind).toList();
    }
}
