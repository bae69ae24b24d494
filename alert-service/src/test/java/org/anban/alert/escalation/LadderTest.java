package org.anban.alert.escalation;

import static org.anban.alert.scene.Neighbourhood.LI;
import static org.anban.alert.scene.Neighbourhood.QIAN;
import static org.anban.alert.scene.Neighbourhood.SUN;
import static org.anban.alert.scene.Neighbourhood.ZHAO;
import static org.anban.alert.scene.Neighbourhood.ZHOU;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertScene;
import org.anban.alert.call.PhoneCall.Outcome;
import org.anban.alert.call.PhoneCall.Party;
import org.anban.alert.console.TestConsole;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.notice.NoticeConfig;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.access.Principal;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time is moved, never slept; a provider is configured whose port nobody listens on. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LadderTest {
    private static final NoticeConfig.Webhook NOBODY =
            new NoticeConfig.Webhook(URI.create("http://127.0.0.1:9/"), "0123456789abcdef", Duration.ofSeconds(1));

    private final AlertScene scene =
            new AlertScene(config -> config.inForeground().with(NoticeConfig.DEFAULT.withWebhook(NOBODY)));

    @AfterEach
    void close() {
        scene.close();
    }

    /** Time goes on by so many seconds while everybody answers their beats. */
    private void pass(int seconds, List<TestConsole> consoles, List<Principal> people) throws InterruptedException {
        scene.time().advance(Duration.ofSeconds(seconds));
        scene.streams().beat();
        for (int i = 0; i < consoles.size(); i++) {
            consoles.get(i).confirm(scene.database(), scene.time(), people.get(i));
        }
        scene.runDue();
    }

    @Test
    void ifNobodyAnswersEachStepComesAtItsTime() throws Exception {
        List<Principal> people = List.of(ZHAO, QIAN, SUN, ZHOU);
        List<TestConsole> consoles = people.stream().map(scene::console).toList();
        Incident incident = scene.sos(LI);
        scene.runDue();
        assertThat(scene.steps(incident)).containsExactly("operators sent");

        pass(29, consoles, people);
        assertThat(scene.steps(incident)).hasSize(1);
        pass(1, consoles, people);
        assertThat(scene.steps(incident)).endsWith("supervisor sent").hasSize(2);
        pass(29, consoles, people);
        assertThat(scene.steps(incident)).hasSize(2);
        pass(1, consoles, people);
        assertThat(scene.steps(incident)).endsWith("second-operator sent").hasSize(3);
        pass(59, consoles, people);
        assertThat(scene.steps(incident)).hasSize(3);
        pass(1, consoles, people);
        assertThat(scene.steps(incident)).endsWith("family-and-station sent").hasSize(4);
        pass(60, consoles, people);
        assertThat(scene.steps(incident)).endsWith("duty-manager sent").hasSize(5);
        pass(60, consoles, people);
        pass(60, consoles, people);
        assertThat(scene.steps(incident))
                .endsWith("everybody sent", "everybody sent")
                .hasSize(7);
        assertThat(scene.again(incident).version()).isEqualTo(incident.version());
    }

    @Test
    void familyAndStationAreRungTogetherAndTheResidentIsNot() throws Exception {
        Incident incident = scene.sos(LI);
        scene.runDue();

        assertThat(scene.notices(incident))
                .filteredOn(n -> n.matter().purpose().endsWith("family-and-station"))
                .extracting(n -> n.recipient().name())
                .containsExactlyInAnyOrder("Li Na", "Chen", "Station");
    }

    @Test
    void aStepThatReachesNobodyIsRecordedAndNotWaitedFor() throws Exception {
        TestConsole supervisor = scene.console(SUN);
        Incident incident = scene.sos(LI);
        scene.runDue();

        assertThat(scene.steps(incident)).containsExactly("operators skipped", "supervisor sent");
        assertThat(scene.story(incident).get(1).text()).contains("no operator's console is on duty and connected");

        pass(30, List.of(supervisor), List.of(SUN));
        assertThat(scene.steps(incident))
                .containsExactly(
                        "operators skipped", "supervisor sent", "second-operator skipped", "family-and-station sent");
    }

    @Test
    void whereNobodyIsReachableTheLadderStillTriesAgainEveryMinute() throws Exception {
        try (AlertScene alone = AlertScene.inForeground()) {
            Incident incident = alone.sos(LI);
            alone.runDue();
            assertThat(alone.steps(incident))
                    .containsExactly(
                            "operators skipped",
                            "supervisor skipped",
                            "second-operator skipped",
                            "family-and-station skipped",
                            "duty-manager skipped");
            alone.advance(59);
            assertThat(alone.steps(incident)).hasSize(5);
            alone.advance(1);
            assertThat(alone.steps(incident)).endsWith("everybody skipped").hasSize(6);
            alone.console(ZHAO);
            alone.advance(60);
            assertThat(alone.steps(incident)).endsWith("everybody skipped");
            TestConsole late = alone.console(ZHAO);
            alone.time().advance(Duration.ofSeconds(60));
            alone.streams().beat();
            late.confirm(alone.database(), alone.time(), ZHAO);
            alone.runDue();
            assertThat(alone.steps(incident)).endsWith("everybody sent");
        }
    }

    @Test
    void aConsoleThatStoppedAnsweringCannotBeRung() throws Exception {
        scene.console(ZHAO);
        scene.time().advance(Duration.ofSeconds(16));
        Incident incident = scene.sos(LI);
        scene.runDue();

        assertThat(scene.steps(incident)).startsWith("operators skipped");
    }

    @Test
    void anAnswerToAnOldBeatConfirmsNothing() throws Exception {
        TestConsole console = scene.console(ZHAO);
        scene.time().advance(Duration.ofSeconds(16));
        console.confirm(scene.database(), scene.time(), ZHAO);
        Incident incident = scene.sos(LI);
        scene.runDue();

        assertThat(scene.steps(incident)).startsWith("operators skipped");
    }

    @Test
    void whoIsOffDutyIsNotRung() throws Exception {
        TestConsole console = scene.console(ZHAO);
        TestConsole.onDuty(scene.database(), scene.time(), ZHAO, false);
        Incident incident = scene.sos(LI);
        scene.runDue();

        assertThat(scene.steps(incident)).startsWith("operators skipped");
        assertThat(console.drain("ring")).isEmpty();
    }

    @Test
    void takingHoldsTheLaddersOfTheWholeCaseAndSeenDoesNot() throws Exception {
        Incident sos = scene.sos(LI);
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.FALL, Priority.P1));
        Incident fall = scene.only(LI, IncidentKind.FALL);
        scene.runDue();
        scene.cases().seen(scene.request(ZHAO, sos));
        int steps = scene.steps(sos).size();
        scene.advance(60);
        assertThat(scene.steps(sos)).hasSize(steps + 1);

        scene.take(ZHAO, fall);
        int held = scene.steps(sos).size();
        int heldFall = scene.steps(fall).size();
        scene.advance(110);
        assertThat(scene.again(sos).state()).isEqualTo(IncidentState.TAKEN);
        assertThat(scene.steps(sos)).hasSize(held);
        assertThat(scene.steps(fall)).hasSize(heldFall);
    }

    @Test
    void aNewIncidentInATakenCaseRingsItsOwnLadder() throws Exception {
        Incident sos = scene.take(ZHAO, scene.sos(LI));
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.FALL, Priority.P1));
        Incident fall = scene.only(LI, IncidentKind.FALL);
        scene.runDue();

        assertThat(fall.caseId()).isEqualTo(sos.caseId());
        assertThat(fall.state()).isEqualTo(IncidentState.OPEN);
        assertThat(scene.steps(fall)).isNotEmpty();
        assertThat(scene.steps(sos)).isEmpty();
    }

    @Test
    void whatWasTakenAndForgottenOpensAgainAndClimbsAgain() throws Exception {
        Incident taken = scene.take(ZHAO, scene.sos(LI));
        scene.advance(119);
        assertThat(scene.again(taken).state()).isEqualTo(IncidentState.TAKEN);
        scene.advance(1);

        Incident open = scene.again(taken);
        assertThat(open.state()).isEqualTo(IncidentState.OPEN);
        assertThat(open.standing().holder()).isNull();
        assertThat(open.rings()).isTrue();
        assertThat(scene.kinds(open)).contains(StoryKind.STALE, StoryKind.STEP);
    }

    @Test
    void everyRecordRestartsTheStaleClockAndItsTimeIsThatOfThePriority() throws Exception {
        Incident sos = scene.take(ZHAO, scene.sos(LI));
        for (int i = 0; i < 3; i++) {
            scene.advance(100);
            scene.call(ZHAO, sos, Party.RESIDENT, Outcome.NO_ANSWER);
        }
        assertThat(scene.again(sos).state()).isEqualTo(IncidentState.TAKEN);

        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.SPO2_LOW, Priority.P2));
        Incident vital = scene.take(ZHAO, scene.only(LI, IncidentKind.SPO2_LOW));
        assertThat(vital.standing().staleAt()).isEqualTo(scene.now().plus(Duration.ofMinutes(15)));
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.DEVICE_SILENT, Priority.P4));
        Incident silent = scene.take(ZHAO, scene.only(LI, IncidentKind.DEVICE_SILENT));
        assertThat(silent.standing().staleAt()).isNull();
    }

    @Test
    void whatIsNotCriticalClimbsByItsOwnClockAndP4IsOnlyListed() throws Exception {
        TestConsole operator = scene.console(ZHAO);
        TestConsole supervisor = scene.console(SUN);
        scene.say(
                scene.signal(Action.RAISE, LI, IncidentKind.SPO2_LOW, Priority.P2),
                scene.signal(Action.RAISE, LI, IncidentKind.DEVICE_SILENT, Priority.P4));
        Incident vital = scene.only(LI, IncidentKind.SPO2_LOW);
        scene.runDue();
        assertThat(scene.steps(vital)).containsExactly("operators sent");

        pass(179, List.of(operator, supervisor), List.of(ZHAO, SUN));
        assertThat(scene.steps(vital)).hasSize(1);
        pass(1, List.of(operator, supervisor), List.of(ZHAO, SUN));
        assertThat(scene.steps(vital)).containsExactly("operators sent", "supervisor sent");
        pass(600, List.of(operator, supervisor), List.of(ZHAO, SUN));
        assertThat(scene.steps(vital)).endsWith("again sent");
        assertThat(scene.steps(scene.only(LI, IncidentKind.DEVICE_SILENT))).isEmpty();
    }

    @Test
    void oldNewsRingsOperatorsAndStationAtOnceAndFamilyOnlyAfterAPersonHasLooked() throws Exception {
        List<TestConsole> consoles = List.of(scene.console(ZHAO));
        List<Principal> people = List.of(ZHAO);
        scene.lateSos(LI, Duration.ofHours(20));
        Incident incident = scene.only(LI, IncidentKind.SOS);
        scene.runDue();
        assertThat(scene.steps(incident)).startsWith("operators-and-station sent");
        assertThat(scene.notices(incident))
                .extracting(n -> n.recipient().name())
                .contains("Station", "Zhao");

        for (int i = 0; i < 10; i++) {
            pass(60, consoles, people);
        }
        assertThat(scene.steps(incident)).contains("look-before-family sent").doesNotContain("family sent");
        assertThat(scene.notices(incident))
                .extracting(n -> n.recipient().name())
                .doesNotContain("Li Na");

        scene.cases().seen(scene.request(ZHAO, incident));
        pass(60, consoles, people);
        assertThat(scene.steps(incident)).contains("family sent");
    }

    @Test
    void aLiveAlarmThatJoinsOldNewsStartsTheFullLadder() throws Exception {
        scene.lateSos(LI, Duration.ofHours(20));
        scene.runDue();
        Incident live = scene.sos(LI);
        scene.runDue();

        assertThat(scene.steps(live)).contains("family-and-station sent");
    }

    @Test
    void aRegisterThatDoesNotAnswerStopsNoLadderAndIsAskedAgain() throws Exception {
        Incident incident = scene.sos(LI);
        scene.neighbourhood().silent(true);
        scene.runDue();
        assertThat(scene.steps(incident)).contains("family-and-station skipped", "duty-manager skipped");
        assertThat(scene.story(incident)).anyMatch(e -> e.text().contains("the register does not answer"));
        scene.advance(10);
        assertThat(scene.steps(incident)).endsWith("duty-manager-again skipped");

        scene.neighbourhood().silent(false);
        scene.advance(10);
        assertThat(scene.steps(incident))
                .contains("family-and-station-again sent", "duty-manager-again sent")
                .doesNotContain("everybody sent");
        int steps = scene.steps(incident).size();
        scene.advance(20);
        assertThat(scene.steps(incident)).hasSize(steps);
    }
}
