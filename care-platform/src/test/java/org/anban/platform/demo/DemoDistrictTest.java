package org.anban.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.subject.SubjectId;
import org.anban.platform.PlatformFixture;
import org.junit.jupiter.api.Test;

class DemoDistrictTest {
    private static final String EVERYTHING =
            """
            select md5(string_agg(t, '|' order by t))::text from (
                select 'a' || a::text as t from platform.areas a
                union all select 'f' || f::text from platform.facilities f
                union all select 'd' || d::text from platform.dwellings d
                union all select 'p' || p::text from platform.persons p
                union all select 'r' || r::text from platform.residents r
                union all select 's' || s::text from platform.resident_status_changes s
                union all select 'c' || c::text from platform.contacts c
                union all select 'v' || v::text from platform.devices v
                union all select 'b' || b::text from platform.bindings b
                union all select 'k' || k::text from platform.consents k) everything""";

    @Test
    void layingItOutTwiceChangesNothing() {
        try (PlatformFixture fixture = PlatformFixture.start()) {
            DemoDescription first = fixture.seed();
            String before = digest(fixture);
            fixture.time.advance(Duration.ofDays(3));

            DemoDescription again = fixture.seed();

            assertThat(again).isEqualTo(first);
            assertThat(digest(fixture)).isEqualTo(before);
        }
    }

    @Test
    void itHoldsThePeopleAndDevicesOfASmallDistrict() {
        try (PlatformFixture fixture = PlatformFixture.start()) {
            DemoDescription district = fixture.seed();

            assertThat(fixture.count("select count(*) from platform.facilities where tier = 'STATION'"))
                    .isEqualTo(4);
            assertThat(fixture.count("select count(*) from platform.residents")).isEqualTo(36);
            assertThat(district.accounts(Role.OPERATOR)).hasSize(3);
            assertThat(district.accounts(Role.SUPERVISOR)).hasSize(1);
            assertThat(district.accounts(Role.DUTY_MANAGER)).hasSize(1);
            assertThat(district.accounts(Role.RESPONDER)).hasSize(6);
            assertThat(district.accounts(Role.FAMILY)).hasSize(3);
            assertThat(kindsOf(district, SubjectId.dwelling("d-001"))).contains("smoke", "gas");
            assertThat(district.devices().stream().filter(d -> d.subject().kind() == SubjectId.Kind.UNBOUND))
                    .singleElement()
                    .satisfies(d -> assertThat(d.kind()).isEqualTo("button"));
            for (int i = 1; i <= 36; i++) {
                assertThat(kindsOf(district, SubjectId.resident("r-%03d".formatted(i))))
                        .contains("watch");
            }
        }
    }

    @Test
    void aHomeHasARelayAndAVendorsAccountAWatchAndNeitherListIsPressed() {
        try (PlatformFixture fixture = PlatformFixture.start()) {
            DemoDescription district = fixture.seed();
            DeviceId hub = new DeviceId("hub-0001");
            DeviceId account = new DeviceId("kati-0001");

            var lists = fixture.platform().devices().children(List.of(hub, account));

            assertThat(lists.get(hub)).containsOnlyKeys("bedside/button", "kitchen smoke");
            assertThat(lists.get(account)).containsOnlyKeys("865067123456789");
            assertThat(district.devices())
                    .extracting(DemoDescription.Equipment::id)
                    .contains(hub, account)
                    .doesNotContain(new DeviceId("zb-0001"), new DeviceId("kw-0001"));
        }
    }

    @Test
    void everybodyIsBetweenSixtySixAndNinetySevenAndHasSomebodyToCall() {
        try (PlatformFixture fixture = PlatformFixture.withDemoDistrict()) {
            for (int i = 1; i <= 36; i++) {
                var file = fixture.platform()
                        .residents()
                        .file(SubjectId.resident("r-%03d".formatted(i)))
                        .orElseThrow();
                assertThat(file.age()).as(file.label().toString()).isBetween(66, 97);
                assertThat(file.contacts()).hasSizeGreaterThanOrEqualTo(2);
                assertThat(file.label().station()).startsWith("s-");
            }
        }
    }

    @Test
    void noNumberIsAnEmergencyNumber() {
        try (PlatformFixture fixture = PlatformFixture.withDemoDistrict()) {
            assertThat(
                            fixture.count(
                                    """
                            select count(*) from (
                                select phone from platform.contacts union all select phone from platform.residents
                                union all select phone from platform.persons
                                union all select phone from platform.facilities) p
                            where phone !~ '^1390000[0-9]{4}$'"""))
                    .isZero();
        }
    }

    private static Set<String> kindsOf(DemoDescription district, SubjectId subject) {
        return district.devices().stream()
                .filter(d -> d.subject().equals(subject))
                .map(DemoDescription.Equipment::kind)
                .collect(Collectors.toSet());
    }

    private static String digest(PlatformFixture fixture) {
        return fixture.database()
                .inTransaction(
                        db -> db.createQuery(EVERYTHING).mapTo(String.class).one());
    }
}
