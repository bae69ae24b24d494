package org.anban.platform.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.Responder;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.anban.kit.testing.SettableTime;
import org.anban.platform.PlatformFixture;
import org.anban.platform.facility.Facilities;
import org.anban.platform.person.Passwords;
import org.anban.platform.person.Persons;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubjectFilesTest {
    private PlatformFixture fixture;
    private ResidentDirectory directory;

    @BeforeAll
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        directory = fixture.platform().residents();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void theFileOfTheCouplesHomeShowsBothAndCallsTheirDaughterOnce() {
        SubjectFile home = directory.file(SubjectId.dwelling("d-001")).orElseThrow();

        assertThat(home.label().name()).isEqualTo(home.address()).contains("三家店");
        assertThat(home.label().areaPath()).isEqualTo("mentougou/dayu/sanjiadian");
        assertThat(home.label().station()).isEqualTo("s-dayu");
        assertThat(home.occupants()).extracting(o -> o.label().name()).containsExactly("赵福年", "孙玉芬");
        assertThat(home.contacts()).extracting(Contact::name).containsExactly("赵晓岚", "刘大妈");
        assertThat(home.contacts()).extracting(Contact::order).containsExactly(1, 2);
        assertThat(home.riskNotes()).contains("孙玉芬：服用华法林，出血风险");
        assertThat(directory.contacts(SubjectId.dwelling("d-001"))).isEqualTo(home.contacts());
    }

    @Test
    void theFilesOfManyAreThoseOfEach() {
        List<SubjectId> ids = List.of(
                SubjectId.dwelling("d-001"),
                SubjectId.resident("r-001"),
                SubjectId.resident("r-002"),
                SubjectId.resident("nobody"),
                SubjectId.parse("facility:s-dayu"));

        Map<SubjectId, SubjectFile> files = directory.files(ids);

        assertThat(files).hasSize(4).doesNotContainKey(SubjectId.resident("nobody"));
        files.forEach((id, file) -> {
            assertThat(file.label()).isEqualTo(directory.label(id));
            assertThat(file.contacts()).isEqualTo(directory.contacts(id)).isNotEmpty();
        });
    }

    @Test
    void whoeverMovedOutIsNotAnOccupantAnyMore() {
        Residents residents = new Residents(fixture.database(), fixture.time, Duration.ZERO);
        Resident.Standing gone = new Resident.Standing(SubjectStatus.MOVED_OUT, PlatformFixture.START);
        residents.add(new Dwelling("d-alone", "桥东社区9号楼", "mentougou/chengzi/qiaodong", null));
        residents.add(new Resident("r-gone", someone("水先生"), "d-alone", gone, List.of(), null));

        assertThat(directory.file(SubjectId.dwelling("d-alone")).orElseThrow().occupants())
                .isEmpty();
    }

    @Test
    void ageTurnsOnTheBirthdayInShanghai() {
        SettableTime time = new SettableTime(Instant.parse("2026-03-11T15:59:59Z"));
        SubjectFiles files = new SubjectFiles(
                new Residents(fixture.database(), time, Duration.ZERO),
                new Facilities(fixture.database()),
                new Persons(fixture.database(), new Passwords()),
                id -> Optional.empty(),
                time,
                ZoneId.of("Asia/Shanghai"));
        SubjectId born1944March12 = SubjectId.resident("r-001");

        assertThat(files.file(born1944March12).orElseThrow().age()).isEqualTo(81);
        time.advance(Duration.ofSeconds(1));
        assertThat(files.file(born1944March12).orElseThrow().age()).isEqualTo(82);
    }

    @Test
    void respondersOfTheOwnStationComeFirstThenTheOthers() {
        List<Responder> longquan = directory.responders("mentougou/longquan/liyuan");

        assertThat(longquan).hasSize(6);
        assertThat(longquan.subList(0, 2)).allMatch(r -> r.station().equals("s-longquan"));
        assertThat(longquan.subList(2, 6)).noneMatch(r -> r.station().equals("s-longquan"));
        assertThat(directory.responder(longquan.get(0).id())).contains(longquan.get(0));
        assertThat(directory.responder("p-operator1")).isEmpty();
    }

    @Test
    void theStationAndTheDutyManagerHaveALine() {
        assertThat(directory.stationContact("s-dayu").orElseThrow().phone()).isEqualTo("13900009001");
        assertThat(directory.stationContact("s-none")).isEmpty();
        assertThat(directory
                        .dutyManager("mentougou/dayu/sanjiadian")
                        .orElseThrow()
                        .personId())
                .isEqualTo("p-manager");
        assertThat(directory.dutyManager("").orElseThrow().personId()).isEqualTo("p-manager");
    }

    @Test
    void anUnboundButtonIsWhereItsStationIs() {
        SubjectLabel label = directory.label(SubjectId.unbound("sos-0012"));

        assertThat(label)
                .isEqualTo(new SubjectLabel(
                        SubjectId.unbound("sos-0012"), "sos-0012", "mentougou/dayu/sanjiadian", "s-dayu"));
        assertThat(directory.file(SubjectId.unbound("sos-0012"))).isEmpty();
    }

    @Test
    void whatTheRegisterDoesNotKnowIsLabelledWithItsKeyAndAtHome() {
        SubjectId unknown = SubjectId.resident("r-unknown");

        assertThat(directory.label(unknown)).isEqualTo(new SubjectLabel(unknown, "r-unknown", "", ""));
        assertThat(directory.label(SubjectId.unbound("no such device !")).name())
                .isEqualTo("no such device !");
        assertThat(directory.profile(unknown).status()).isEqualTo(SubjectStatus.HOME);
        assertThat(directory.profile(unknown).limits()).isEqualTo(VitalLimits.DEFAULT);
    }

    @Test
    void rulesReadAResidentsOwnLimitsAndStatus() {
        assertThat(directory.profile(SubjectId.resident("r-006")).limits().spo2Low())
                .isEqualTo(85);
        assertThat(directory.profile(SubjectId.resident("r-009")).status()).isEqualTo(SubjectStatus.HOSPITAL);
    }

    @Test
    void manyProfilesAreReadAtOnceThoseOfStrangersIncluded() {
        List<SubjectId> asked = List.of(
                SubjectId.resident("r-006"),
                SubjectId.resident("r-009"),
                SubjectId.resident("r-unknown"),
                SubjectId.dwelling("d-001"),
                SubjectId.resident("r-006"));

        assertThat(directory.profiles(asked)).hasSize(4).allSatisfy((id, profile) -> assertThat(profile)
                .isEqualTo(directory.profile(id)));
    }

    @Test
    void rulesReadTheStreetOfAHome() {
        assertThat(directory.profile(SubjectId.resident("r-003")).areaPath()).isEqualTo("mentougou/dayu/shuangyu");
        assertThat(directory.profile(SubjectId.dwelling("d-001")).areaPath()).isEqualTo("mentougou/dayu/sanjiadian");
        assertThat(directory.profile(SubjectId.resident("r-unknown")).areaPath())
                .isEmpty();
    }

    @Test
    void aStreetIsLabelledWithItsNameAndWhoAnswersForIt() {
        SubjectId street = SubjectId.parse("area:mentougou/dayu/shuangyu");

        assertThat(directory.label(street))
                .isEqualTo(new SubjectLabel(street, "双峪社区", "mentougou/dayu/shuangyu", "s-dayu"));
        assertThat(directory.label(SubjectId.parse("area:nowhere")).areaPath()).isEmpty();
        assertThat(directory.label(SubjectId.parse("model:anban-w1")).name()).isEqualTo("anban-w1");
        assertThat(directory.file(street)).isEmpty();
        assertThat(directory.contacts(street)).isEmpty();
    }

    @Test
    void aStatusOfTheFutureIsRefused() {
        Residents residents = new Residents(fixture.database(), fixture.time, Duration.ZERO);
        Resident.Standing tomorrow =
                new Resident.Standing(SubjectStatus.AWAY, fixture.time.instant().plusSeconds(86_400));

        assertThatThrownBy(() -> residents.changeStatus("r-010", tomorrow, "p-operator1", ""))
                .isInstanceOf(CareException.class)
                .hasMessageContaining("since");
    }

    private static Resident.Details someone(String name) {
        return new Resident.Details(name, null, Resident.Sex.UNKNOWN, "");
    }
}
