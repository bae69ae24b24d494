package org.anban.platform.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.Standing;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectId;
import org.anban.platform.PlatformFixture;
import org.anban.platform.register.Register;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DevicesTest {
    private static final Instant NOON = Instant.parse("2026-01-05T04:00:00Z");
    private static final SubjectId FIRST = SubjectId.resident("r-003");
    private static final SubjectId SECOND = SubjectId.resident("r-004");

    private PlatformFixture fixture;
    private Register register;

    @BeforeAll
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        register = fixture.platform().register();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void aBindingThatOverlapsAnotherIsRefused() {
        DeviceId id = stocked("t-overlap");
        register.bind(id, new Binding(FIRST, NOON, NOON.plusSeconds(3600)));

        assertThatThrownBy(() -> register.bind(id, new Binding(SECOND, NOON.plusSeconds(3599), null)))
                .isInstanceOfSatisfying(
                        CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.CONFLICT));
        assertThatThrownBy(() -> register.bind(id, new Binding(SECOND, NOON.minusSeconds(60), null)))
                .isInstanceOf(CareException.class);
        assertThat(profile(id).bindings()).hasSize(1);
    }

    @Test
    void aDeviceSpeaksForWhoeverItWasBoundToAtThatInstant() {
        DeviceId id = stocked("t-by-time");
        register.bind(id, new Binding(FIRST, NOON, NOON.plusSeconds(3600)));
        register.bind(id, new Binding(SECOND, NOON.plusSeconds(3600), null));

        DeviceProfile profile = profile(id);

        assertThat(profile.subjectAt(NOON.minusSeconds(1))).isEqualTo(SubjectId.unbound("t-by-time"));
        assertThat(profile.subjectAt(NOON)).isEqualTo(FIRST);
        assertThat(profile.subjectAt(NOON.plusSeconds(3600))).isEqualTo(SECOND);
        assertThat(profile.subjectAt(NOON.plusSeconds(999_999))).isEqualTo(SECOND);
    }

    @Test
    void aDeviceThatIsUnboundSpeaksForNobodyFromThenOn() {
        DeviceId id = stocked("t-unbound");
        register.bind(id, new Binding(FIRST, NOON, null));
        register.unbind(id, NOON.plusSeconds(60));

        assertThat(profile(id).subjectAt(NOON.plusSeconds(59))).isEqualTo(FIRST);
        assertThat(profile(id).subjectAt(NOON.plusSeconds(60)).kind()).isEqualTo(SubjectId.Kind.UNBOUND);
    }

    @Test
    void aBindingToSomebodyUnknownIsRefused() {
        DeviceId id = stocked("t-nobody");

        assertThatThrownBy(() -> register.bind(id, new Binding(SubjectId.resident("r-none"), NOON, null)))
                .hasMessageContaining("register");
    }

    @Test
    void manyDevicesAreFoundAtOnceAndUnknownOnesAreAbsent() {
        DeviceId watch = new DeviceId("w-0001");
        DeviceId unknown = new DeviceId("w-none");

        assertThat(fixture.platform().devices().findAll(List.of(watch, unknown)))
                .containsOnlyKeys(watch);
        assertThat(fixture.platform().devices().find(unknown)).isEmpty();
    }

    @Test
    void anotherProcessSeesAChangeAfterAFewSeconds() {
        DeviceId id = stocked("t-other-process");
        var elsewhere = fixture.another().devices();
        assertThat(elsewhere.find(id).orElseThrow().bindings()).isEmpty();

        register.bind(id, new Binding(FIRST, NOON, null));

        assertThat(elsewhere.find(id).orElseThrow().bindings())
                .as("still remembered")
                .isEmpty();
        fixture.time.advance(Duration.ofSeconds(3));
        assertThat(elsewhere.find(id).orElseThrow().bindings()).hasSize(1);
    }

    private DeviceId stocked(String name) {
        DeviceId id = new DeviceId(name);
        DeviceModel model = new DeviceModel("watch", "w", true, Duration.ofMinutes(5));
        register.add(new Device(id, model, Standing.IN_STOCK, null));
        return id;
    }

    private DeviceProfile profile(DeviceId id) {
        return fixture.platform().devices().find(id).orElseThrow();
    }
}
