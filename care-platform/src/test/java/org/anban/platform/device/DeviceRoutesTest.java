package org.anban.platform.device;

import static org.anban.platform.PlatformOverHttp.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.contracts.subject.SubjectId;
import org.anban.platform.PlatformFixture;
import org.anban.platform.PlatformOverHttp;
import org.anban.platform.person.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceRoutesTest {
    private PlatformFixture fixture;
    private PlatformOverHttp http;
    private String operator;
    private String administrator;

    @BeforeAll
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        http = new PlatformOverHttp(fixture.platform());
        Person.Post post = new Person.Post(Set.of(Role.ADMINISTRATOR), List.of(""), null);
        fixture.platform().register().add(new Person("p-boss", "boss", "Boss", "", post), PlatformFixture.PASSWORD);
        operator = http.tokenOf("operator1");
        administrator = http.tokenOf("boss");
    }

    @AfterAll
    void stop() {
        http.close();
        fixture.close();
    }

    @Test
    void nobodyIsLeftWithoutADeviceUnawares() {
        stocked("x-block", SenderKind.DEVICE);
        bind("x-block");

        HttpResponse<String> refused = stand(administrator, "x-block", "BLOCKED", false);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("resident:r-003");
        assertThat(profile("x-block").standing()).isEqualTo(Standing.IN_USE);

        HttpResponse<String> done = stand(administrator, "x-block", "BLOCKED", true);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(profile("x-block").standing()).isEqualTo(Standing.BLOCKED);
        JsonObject change = json(done).getJsonArray("changes").getJsonObject(0);
        assertThat(change.getString("by")).isEqualTo("p-boss");
        assertThat(change.getString("reason")).isEqualTo("somebody plays with it");
    }

    @Test
    void aLostDeviceNeedsOnlyAReason() {
        stocked("x-lost", SenderKind.DEVICE);
        bind("x-lost");
        assertThat(stand(administrator, "x-lost", "LOST", false).statusCode()).isEqualTo(200);
        JsonObject silent = new JsonObject().put("standing", "LOST");
        assertThat(http.send(administrator, "POST", "/devices/x-lost/standing", silent)
                        .statusCode())
                .isEqualTo(400);
        assertThat(json(http.get(operator, "/devices/x-lost/standing")).getString("standing"))
                .isEqualTo("LOST");
    }

    @Test
    void anOperatorMayNotBlock() {
        stocked("x-operator", SenderKind.DEVICE);
        assertThat(stand(operator, "x-operator", "BLOCKED", true).statusCode()).isEqualTo(403);
        assertThat(stand(administrator, "x-nowhere", "BLOCKED", true).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDeviceIsOnOneListOnlyAndNamesAreTheSpeakersOwn() {
        stocked("x-hub-1", SenderKind.RELAY);
        stocked("x-hub-2", SenderKind.RELAY);
        stocked("x-button", SenderKind.DEVICE);
        stocked("x-smoke", SenderKind.DEVICE);

        assertThat(list("x-hub-1", "kitchen", "x-button").statusCode()).isEqualTo(201);
        assertThat(list("x-hub-2", "kitchen", "x-smoke").statusCode()).isEqualTo(201);
        assertThat(list("x-hub-2", "another name", "x-button").statusCode()).isEqualTo(409);
        assertThat(list("x-hub-1", "kitchen", "x-smoke").statusCode()).isEqualTo(409);
        assertThat(list("x-button", "n", "x-smoke").statusCode()).as("no relay").isEqualTo(400);

        DeviceId hub = new DeviceId("x-hub-1");
        DeviceProfile child =
                fixture.platform().devices().children(List.of(hub)).get(hub).get("kitchen");
        assertThat(child.id().value()).isEqualTo("x-button");
        assertThat(child.relay()).isEqualTo(hub);

        assertThat(http.send(http.request("/devices/x-hub-1/children?name=kitchen")
                                .header("Authorization", "Bearer " + administrator)
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(json(http.get(operator, "/devices/x-hub-1/children")).getJsonArray("items"))
                .isEmpty();
    }

    private HttpResponse<String> stand(String token, String device, String standing, boolean leaves) {
        JsonObject body = new JsonObject()
                .put("standing", standing)
                .put("reason", "somebody plays with it")
                .put("leavesSubjectWithout", leaves);
        return http.send(token, "POST", "/devices/" + device + "/standing", body);
    }

    private HttpResponse<String> list(String speaker, String name, String device) {
        JsonObject body = new JsonObject().put("name", name).put("device", device);
        return http.send(administrator, "POST", "/devices/" + speaker + "/children", body);
    }

    private void stocked(String id, SenderKind sender) {
        DeviceModel model = new DeviceModel("watch", "m", false, Duration.ofMinutes(5));
        fixture.platform()
                .register()
                .add(new Device(new DeviceId(id), model, Standing.IN_USE, sender, "China Mobile", null));
    }

    private void bind(String id) {
        fixture.platform()
                .register()
                .bind(new DeviceId(id), new Binding(SubjectId.resident("r-003"), PlatformFixture.START, null));
    }

    private DeviceProfile profile(String id) {
        return fixture.platform().devices().find(new DeviceId(id)).orElseThrow();
    }
}
