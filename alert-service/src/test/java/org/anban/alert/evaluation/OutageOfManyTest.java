package org.anban.alert.evaluation;

import static org.anban.alert.evaluation.Town.brief;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.anban.alert.blackout.Blackout;
import org.anban.alert.blackout.Member;
import org.anban.alert.rule.Rule.SignOfLife;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.contracts.event.Lane;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.log.LogBatch;
import org.junit.jupiter.api.Test;

class OutageOfManyTest {
    private static final String EAST = "d/t/east";
    private static final String EAST_OUT = "RAISE AREA_OUTAGE area:" + EAST;

    private final Town town = new Town();

    private static Predicate<Town.Device> in(String street) {
        return device -> device.street().equals(street);
    }

    private static Predicate<Town.Device> named(String... ids) {
        return device -> List.of(ids).contains(device.id());
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    /** Ten streets of ten homes, all heard. */
    private void tenStreets() {
        for (String name : List.of("east", "west", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9")) {
            town.street("d/t/" + name, 10);
        }
        assertThat(town.pass(minutes(5))).isEmpty();
    }

    private List<Member> members() {
        return town.replay.work().blackouts().stream()
                .flatMap(blackout -> blackout.members().stream())
                .toList();
    }

    @Test
    void aStreetWithoutPowerIsOneIncidentAndNobodysOwn() {
        tenStreets();
        town.silence(in(EAST));

        List<AlertSignal> said = town.pass(minutes(60));

        assertThat(brief(said)).containsExactly(EAST_OUT);
        AlertSignal signal = said.get(0);
        assertThat(signal.priority()).isEqualTo(Priority.P2);
        assertThat(signal.text()).contains("10 devices in d/t/east fell silent within 10 min");
        assertThat(members()).hasSize(10).allMatch(Member::isSilent);
    }

    @Test
    void itIsToldBeforeAnybodysOwnSilenceWouldBe() {
        tenStreets();
        town.silence(in(EAST));

        assertThat(brief(town.pass(Duration.ofSeconds(175)))).containsExactly(EAST_OUT);
    }

    @Test
    void fewerThanOneInFiveAreTheirOwn() {
        tenStreets();
        town.street(EAST, 40);
        town.pass(minutes(3));
        town.silence(named("east-0", "east-1", "east-2", "east-3", "east-4", "east-5", "east-6"));

        assertThat(town.pass(minutes(30))).hasSize(7).allMatch(signal -> signal.kind() == IncidentKind.DEVICE_SILENT);
    }

    @Test
    void fourHomesAreTooFewForAStreet() {
        tenStreets();
        town.silence(named("east-0", "east-1", "east-2", "east-3"));

        assertThat(town.pass(minutes(30))).hasSize(4).allMatch(signal -> signal.kind() == IncidentKind.DEVICE_SILENT);
    }

    @Test
    void oneHomeWithoutPowerIsNoStreet() {
        SubjectId home = SubjectId.resident("r-many");
        for (int i = 0; i < 6; i++) {
            town.add(new Town.Device("x-" + i, home, EAST, "m-" + i, "", ""), Town.INTERVAL);
        }
        town.street(EAST, 10);
        town.pass(minutes(3));
        town.silence(device -> device.subject().equals(home));

        assertThat(town.pass(minutes(30))).hasSize(6).allMatch(signal -> signal.kind() == IncidentKind.DEVICE_SILENT);
    }

    @Test
    void whoFallsSilentOneByOneOverHoursIsNoOutage() {
        tenStreets();
        List<AlertSignal> said = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            town.silence(named("east-" + i));
            said.addAll(town.pass(minutes(11)));
        }
        assertThat(said).hasSize(8).allMatch(signal -> signal.kind() == IncidentKind.DEVICE_SILENT);
    }

    @Test
    void aVendorsCloudThatFailsIsOneOutageOfItsModelInManyStreets() {
        tenStreets();
        town.silence(device -> device.model().equals("m-1"));

        assertThat(brief(town.pass(minutes(60)))).containsExactly("RAISE VENDOR_OUTAGE model:m-1");
        assertThat(members()).hasSize(50);
    }

    @Test
    void aMobileNetworkThatFailsIsOneOutage() {
        tenStreets();
        town.silence(device -> device.carrier().equals("c-1"));

        assertThat(brief(town.pass(minutes(60)))).containsExactly("RAISE VENDOR_OUTAGE carrier:c-1");
        assertThat(members()).hasSize(40);
    }

    @Test
    void twoStreetsAreTwoOutagesAndNotTheirModels() {
        tenStreets();
        town.silence(in(EAST).or(in("d/t/west")));

        assertThat(brief(town.pass(minutes(60))))
                .containsExactlyInAnyOrder(EAST_OUT, "RAISE AREA_OUTAGE area:d/t/west");
    }

    @Test
    void everythingAtOnceIsOurOwnFrontDoorAndRings() {
        tenStreets();
        town.silence(device -> true);

        List<AlertSignal> said = town.pass(minutes(60));

        assertThat(brief(said)).containsExactly("RAISE INTAKE_OUTAGE intake:all");
        assertThat(said.get(0).priority()).isEqualTo(Priority.P1);
    }

    @Test
    void aDeadRelayIsNeitherItsStreetNorItsModel() {
        tenStreets();
        for (int i = 0; i < 6; i++) {
            town.home(EAST, "z-" + i, "m-1", "", "hub-1");
        }
        town.home(EAST, "z-7", "m-1", "", "hub-2");
        town.pass(minutes(3));
        town.silence(device -> device.relay().equals("hub-1"));

        assertThat(brief(town.pass(minutes(60)))).containsExactly("RAISE RELAY_OUTAGE relay:hub-1");
    }

    @Test
    void aRelayNeedsHalfOfItsChildrenAndTwo() {
        tenStreets();
        for (int i = 0; i < 5; i++) {
            town.home(EAST, "z-" + i, "m-9", "", "hub-1");
        }
        town.home(EAST, "z-7", "m-9", "", "hub-2");
        town.pass(minutes(3));
        town.silence(named("z-0", "z-1", "z-7"));

        assertThat(town.pass(minutes(30))).hasSize(3).allMatch(signal -> signal.kind() == IncidentKind.DEVICE_SILENT);
    }

    @Test
    void aStreetFullOfDeadRelaysIsAStreet() {
        tenStreets();
        for (int i = 0; i < 12; i++) {
            town.home("d/t/hubs", "h-" + i, "m-1", "", "hub-" + i / 2);
        }
        town.pass(minutes(3));
        town.silence(in("d/t/hubs"));

        assertThat(brief(town.pass(minutes(60)))).containsExactly("RAISE AREA_OUTAGE area:d/t/hubs");
    }

    @Test
    void silencesToldBeforeTheOutageWasKnownAreWithdrawnIntoIt() {
        tenStreets();
        town.add(new Town.Device("quick", SubjectId.resident("r-quick"), EAST, "m-3", "", ""), Duration.ofSeconds(5));
        town.pass(minutes(3));
        List<AlertSignal> said = new ArrayList<>();
        town.silence(named("quick"));
        said.addAll(town.pass(minutes(3)));
        assertThat(brief(said)).containsExactly("RAISE DEVICE_SILENT resident:r-quick");

        town.silence(in(EAST));

        said = town.pass(minutes(60));
        assertThat(brief(said)).containsExactly(EAST_OUT, "WITHDRAW DEVICE_SILENT resident:r-quick", EAST_OUT);
        assertThat(said.get(2).text()).contains("has spread: 11 devices");
    }

    @Test
    void whoWasSilentLongBeforeIsNoMember() {
        tenStreets();
        town.silence(named("east-0"));
        assertThat(town.pass(minutes(30))).hasSize(1);
        town.silence(in(EAST));

        assertThat(brief(town.pass(minutes(60)))).containsExactly(EAST_OUT);
        assertThat(members()).extracting(Member::device).hasSize(9).doesNotContain("east-0");
    }

    @Test
    void aFlatBatteryAndSomebodyAwayAreNoMembers() {
        tenStreets();
        town.devices().stream().filter(named("east-0")).toList().forEach(device -> town.say(town.word(device, 3)));
        town.register.status(SubjectId.resident("r-east-1"), SubjectStatus.AWAY);
        town.silence(in(EAST));

        List<AlertSignal> said = town.pass(minutes(60));

        assertThat(brief(said)).containsExactlyInAnyOrder(EAST_OUT, "RAISE DEVICE_SILENT resident:r-east-0");
        assertThat(said).anyMatch(signal -> signal.text().contains("its battery was nearly flat"));
        assertThat(members()).hasSize(8);
    }

    @Test
    void whoIsHeardAgainLeavesTheListAndWhoStaysSilentIsFollowedOneByOne() {
        tenStreets();
        town.silence(in(EAST));
        town.pass(minutes(20));
        town.wake(in(EAST).and(named("east-3").negate()));

        List<AlertSignal> said = town.pass(minutes(3));
        assertThat(said).isEmpty();
        assertThat(members())
                .filteredOn(Member::isSilent)
                .extracting(Member::device)
                .containsExactly("east-3");

        said = town.pass(minutes(15));
        assertThat(brief(said))
                .containsExactly("NOTE AREA_OUTAGE area:" + EAST, "RAISE DEVICE_SILENT resident:r-east-3");
        assertThat(said.get(0).text()).contains("9 of 10").contains("1 are still silent");
        assertThat(town.replay.work().blackouts()).isEmpty();
    }

    @Test
    void anOutagePassesWhenFewAreLeftForAWhile() {
        tenStreets();
        town.silence(device -> device.model().equals("m-1"));
        town.pass(minutes(20));
        town.wake(named("east-0").negate());

        assertThat(town.pass(minutes(2))).isEmpty();
        assertThat(brief(town.pass(minutes(3))))
                .containsExactly("NOTE VENDOR_OUTAGE model:m-1", "RAISE DEVICE_SILENT resident:r-east-0");
    }

    @Test
    void aSilenceThatWasWithdrawnIsToldAgainAfterTheOutage() {
        tenStreets();
        town.add(new Town.Device("quick", SubjectId.resident("r-quick"), EAST, "m-3", "", ""), Duration.ofSeconds(5));
        town.pass(minutes(3));
        town.silence(named("quick"));
        List<AlertSignal> said = new ArrayList<>(town.pass(minutes(3)));
        town.silence(in(EAST));
        said.addAll(town.pass(minutes(20)));
        assertThat(brief(said)).contains("WITHDRAW DEVICE_SILENT resident:r-quick");
        String first = said.get(0).id();

        town.wake(named("quick").negate());
        List<AlertSignal> after = town.pass(minutes(30));

        assertThat(brief(after))
                .containsExactly("NOTE AREA_OUTAGE area:" + EAST, "RAISE DEVICE_SILENT resident:r-quick");
        assertThat(after.get(1).id()).isEqualTo(first + ":1");
    }

    @Test
    void aDaysSilenceStandsByItselfWhateverItIsPartOf() {
        tenStreets();
        town.silence(in(EAST));
        town.pass(minutes(23 * 60));

        List<AlertSignal> said = town.pass(minutes(65));

        assertThat(said).filteredOn(signal -> signal.priority() == Priority.P3).hasSize(10);
        assertThat(said)
                .filteredOn(signal -> signal.action() == Action.RAISE)
                .extracting(AlertSignal::priority)
                .containsOnly(Priority.P3);
    }

    @Test
    void ourOwnOutageIsNotAnOutageOfOthers() {
        tenStreets();
        town.weAreOut(minutes(40));

        assertThat(town.pass(minutes(30))).isEmpty();
        assertThat(town.replay.work().blackouts()).isEmpty();
    }

    @Test
    void whoDoesNotComeBackAfterOurOutageIsAnOutageOfTheirsOnlyAfterTheWindow() {
        tenStreets();
        town.silence(in(EAST));
        town.weAreOut(minutes(40));

        List<AlertSignal> said = town.pass(minutes(9));
        assertThat(said).extracting(AlertSignal::kind).doesNotContain(IncidentKind.AREA_OUTAGE);

        said = town.pass(minutes(5));
        assertThat(said).extracting(AlertSignal::kind).contains(IncidentKind.AREA_OUTAGE);
        assertThat(said)
                .filteredOn(signal -> signal.action() == Action.WITHDRAW)
                .hasSize(10);
    }

    @Test
    void whoWasHeardSinceOurOutageIsJudgedAtOnce() {
        tenStreets();
        town.weAreOut(minutes(40));
        town.pass(minutes(2));
        town.silence(in(EAST));

        assertThat(brief(town.pass(minutes(4)))).containsExactly(EAST_OUT);
    }

    @Test
    void anAlarmOfAMemberIsASignOfLifeAndNothingElse() {
        tenStreets();
        town.silence(in(EAST));
        town.pass(minutes(10));
        LogBatch last = town.played().get(town.played().size() - 1);
        SubjectId subject = SubjectId.resident("r-east-4");

        town.replay
                .work()
                .heardElsewhere(
                        last.number(),
                        List.of(new SignOfLife("east-4", subject, last.at().plusSeconds(1))));
        town.pass(minutes(1));

        assertThat(members()).filteredOn(Member::isSilent).hasSize(9);
    }

    @Test
    void aRestartAtAnyMomentChangesNothing() {
        tenStreets();
        town.silence(in(EAST));
        town.pass(minutes(8));
        town.silence(device -> device.model().equals("m-1"));
        town.pass(minutes(8));
        town.wake(in(EAST));
        town.pass(minutes(20));
        town.wake(device -> true);
        town.pass(minutes(20));
        List<AlertSignal> once = town.replay.said();
        assertThat(once).extracting(AlertSignal::kind).contains(IncidentKind.AREA_OUTAGE, IncidentKind.VENDOR_OUTAGE);

        Replay restarted = new Replay(Lane.TELEMETRY, town.register);
        for (LogBatch batch : town.played()) {
            restarted.play(batch);
            restarted.restart();
        }
        assertThat(restarted.said()).isEqualTo(once);
        assertThat(once).extracting(AlertSignal::id).doesNotHaveDuplicates();
    }

    private double millisEach(Duration span) {
        long before = System.nanoTime();
        town.pass(span);
        return (System.nanoTime() - before) / 1e6 / (span.toSeconds() / 5.0);
    }

    @Test
    void tenThousandDevicesCostLittleAtEachMoment() {
        for (int street = 0; street < 250; street++) {
            town.street("d/t/street-" + street, 40);
        }
        town.pass(minutes(3));
        town.silence(device -> device.model().equals("m-1"));
        List<AlertSignal> said = town.pass(minutes(10));
        System.out.printf(
                "10,000 devices, half of them silent, each heard each minute: %.1f ms for 5 s of the log%n",
                millisEach(minutes(3)));
        town.silence(device -> true);
        System.out.printf(
                "10,000 devices, all of them falling silent: %.1f ms for 5 s of the log%n", millisEach(minutes(3)));

        assertThat(brief(said)).containsExactly("RAISE VENDOR_OUTAGE model:m-1");
        assertThat(town.replay.work().blackouts()).extracting(Blackout::group).contains(SubjectId.parse("model:m-1"));
    }
}
