package org.anban.launcher.journey.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.launcher.journey.Caller;
import org.anban.launcher.journey.District;
import org.anban.platform.device.Device;
import org.anban.platform.register.Register;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A button behind a carrier's platform: from its press to an operator's screen. */
@Timeout(180)
class PushJourneyTest {
    private static final String ACCOUNT = "ctwing-mentougou";
    private static final String IMEI = "862592051651472";
    private static final String RESIDENT = "resident:r-003";
    private static final String BUTTON = "sos-0003";

    private static District district;
    private static String secret = "";

    @BeforeAll
    static void start() {
        district = District.open();
        Register register = district.system().system().platform().register();
        DeviceModel cloud = new DeviceModel("account", "CTWing", false, Duration.ofMinutes(5));
        register.add(new Device(new DeviceId(ACCOUNT), cloud, Standing.IN_USE, SenderKind.ACCOUNT, "", null));
        register.addChild(new DeviceId(ACCOUNT), IMEI, new DeviceId(BUTTON));
        secret = district.person("admin")
                .post("/push-accounts", new JsonObject().put("account", ACCOUNT).put("dialect", "ctwing"))
                .getString("secret");
    }

    @AfterAll
    static void stop() {
        district.close();
    }

    @Test
    void aPressThatACloudPushesOpensOneIncidentHoweverOftenItIsPushed() {
        JsonObject press = new JsonObject()
                .put("messageType", "dataReport")
                .put("timestamp", district.now().toEpochMilli())
                .put("IMEI", IMEI)
                .put("deviceId", "40edca19b0124480864366de4621de99")
                .put(
                        "payload",
                        new JsonObject().put("serviceId", "button").put("serviceData", new JsonObject("{\"sos\":1}")));
        assertThat(push(press, "wrong").status()).isEqualTo(401);
        assertThat(push(press, secret).status()).isEqualTo(200);
        JsonObject row = district.operator().awaitOpen(RESIDENT);
        assertThat(row.getString("kind")).isEqualTo("SOS");

        assertThat(push(press, secret).status()).isEqualTo(200);
        district.event("sos-0001", "sos"); // evaluated after what was pushed again
        district.operator().awaitOpen("resident:r-001");
        assertThat(district.operator().row(row.getString("id")).getInteger("joined"))
                .isEqualTo(row.getInteger("joined"));
        assertThat(district.open(row.getString("id")).storyKinds()).doesNotContain("JOINED");
    }

    private static Caller.Answer push(JsonObject body, String token) {
        return Caller.anybody(district.system().url()).ask("POST", "/push/" + ACCOUNT + "?token=" + token, body);
    }
}
