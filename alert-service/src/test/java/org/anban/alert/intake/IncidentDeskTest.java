package org.anban.alert.intake;

import static org.anban.alert.scene.Neighbourhood.HOME_OF_A_COUPLE;
import static org.anban.alert.scene.Neighbourhood.LI;
import static org.anban.alert.scene.Neighbourhood.WANG;
import static org.anban.alert.scene.Neighbourhood.ZHAO;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertScene;
import org.anban.alert.call.PhoneCall.Outcome;
import org.anban.alert.call.PhoneCall.Party;
import org.anban.alert.console.TestConsole;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.alert.signal.SignalStore;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IncidentDeskTest {
    private final AlertScene scene = AlertScene.inForeground();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aPressedButtonOpensOneIncidentWithNameAndArea() {
        Incident incident = scene.sos(LI);

        assertThat(incident.state()).isEqualTo(IncidentState.OPEN);
        assertThat(incident.priority()).isEqualTo(Priority.P0);
        assertThat(incident.label().name()).isEqualTo("Name of r-001");
        assertThat(incident.label().areaPath()).isEqualTo("dayu/lane-1");
        assertThat(incident.version()).isEqualTo(1);
        assertThat(incident.rings()).isTrue();
        assertThat(scene.kinds(incident)).containsExactly(StoryKind.OPENED);
    }

    @Test
    void theSameSignalTwiceHasOneEffect() {
        AlertSignal signal = scene.signal(Action.RAISE, LI, IncidentKind.SOS, Priority.P0);
        scene.say(signal);
        scene.say(signal);
        scene.say(signal, signal);

        assertThat(scene.only(LI, IncidentKind.SOS).standing().joined()).isZero();
    }

    @Test
    void aReplayAfterTheCloseOpensNothing() {
        AlertSignal signal = scene.signal(Action.RAISE, LI, IncidentKind.SOS, Priority.P0);
        scene.say(signal);
        scene.handle(ZHAO, scene.only(LI, IncidentKind.SOS));
        scene.say(signal);

        assertThat(scene.open()).isEmpty();
        assertThat(scene.all()).hasSize(1);
    }

    @Test
    void twoDevicesOfOneResidentMakeOneIncident() {
        scene.sos(LI);
        Incident joined = scene.sos(LI);

        assertThat(joined.standing().joined()).isEqualTo(1);
        assertThat(joined.version()).isEqualTo(2);
        assertThat(scene.kinds(joined)).containsExactly(StoryKind.OPENED, StoryKind.JOINED);
    }

    @Test
    void manyWhoRaiseAtOnceMakeOneIncident() throws Exception {
        int many = 4;
        CyclicBarrier together = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            for (int round = 0; round < 5; round++) {
                SubjectId subject = SubjectId.resident("round-" + round);
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < many; i++) {
                    AlertSignal signal = scene.signal(Action.RAISE, subject, IncidentKind.SOS, Priority.P0);
                    done.add(threads.submit(() -> {
                        together.await(10, TimeUnit.SECONDS);
                        scene.say(signal);
                        return null;
                    }));
                }
                for (Future<?> one : done) {
                    one.get(20, TimeUnit.SECONDS);
                }
                assertThat(scene.only(subject, IncidentKind.SOS).standing().joined())
                        .isEqualTo(many - 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void severalSmokeDetectorsOfAHomeMakeOneIncidentOfTheHome() {
        scene.say(
                scene.signal(Action.RAISE, HOME_OF_A_COUPLE, IncidentKind.SMOKE, Priority.P0),
                scene.signal(Action.RAISE, HOME_OF_A_COUPLE, IncidentKind.SMOKE, Priority.P0));

        assertThat(scene.only(HOME_OF_A_COUPLE, IncidentKind.SMOKE).standing().joined())
                .isEqualTo(1);
    }

    @Test
    void thePriorityOnlyRisesByItself() {
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.HEART_RATE_LOW, Priority.P3));
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.HEART_RATE_LOW, Priority.P2));
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.HEART_RATE_LOW, Priority.P3));

        assertThat(scene.only(LI, IncidentKind.HEART_RATE_LOW).priority()).isEqualTo(Priority.P2);
    }

    @Test
    void theIncidentsOfOneSubjectAreOneCaseUntilAllHaveEnded() {
        Incident sos = scene.sos(LI);
        Incident fall = scene.fallSuspected(LI);
        Incident other = scene.sos(WANG);
        assertThat(fall.caseId()).isEqualTo(sos.caseId()).isNotEqualTo(other.caseId());

        scene.handle(ZHAO, sos);
        Incident second = scene.sos(LI);
        assertThat(second.caseId()).isEqualTo(sos.caseId());

        scene.handle(ZHAO, second);
        scene.handle(ZHAO, fall);
        assertThat(scene.sos(LI).caseId()).isNotEqualTo(sos.caseId());
    }

    @Test
    void anAlarmOpensThoughTheRegisterIsBrokenAndIsNamedLater() throws Exception {
        scene.neighbourhood().silent(true);
        Incident incident = scene.sos(LI);
        assertThat(incident.label().name()).isEqualTo("r-001");
        assertThat(incident.label().areaPath()).isEmpty();

        scene.neighbourhood().silent(false);
        scene.runDue();
        assertThat(scene.again(incident).label().name()).isEqualTo("Name of r-001");
        assertThat(scene.kinds(incident)).contains(StoryKind.LABELLED);
    }

    @Test
    void thoseWhomTheRegisterNeverKnowsKeepNobodyElseWithoutAName() throws Exception {
        for (int i = 0; i < 60; i++) {
            SubjectId unknown = SubjectId.resident("unknown-" + i);
            scene.neighbourhood().unknown(unknown);
            scene.say(scene.signal(Action.RAISE, unknown, IncidentKind.DEVICE_SILENT, Priority.P4));
            scene.time().advance(Duration.ofMillis(1));
        }
        scene.neighbourhood().silent(true);
        Incident known = scene.sos(LI);
        scene.neighbourhood().silent(false);
        scene.runDue();
        scene.runDue();

        assertThat(scene.again(known).label().name()).isEqualTo("Name of r-001");
    }

    @Test
    void aWrongClockIsMarkedAndBothTimesAreKept() {
        Instant deviceAt = Instant.parse("2000-01-01T00:00:00Z");
        scene.say(scene.signal(
                Action.RAISE, LI, IncidentKind.SOS, Priority.P0, new EventTime(scene.now(), scene.now(), deviceAt)));

        Incident incident = scene.only(LI, IncidentKind.SOS);
        assertThat(incident.origin().clockWrong()).isTrue();
        assertThat(incident.origin().deviceAt()).isEqualTo(deviceAt);
        assertThat(incident.origin().eventAt()).isEqualTo(scene.now());
        assertThat(incident.standing().marks().delayed()).isFalse();
    }

    @Test
    void anOldAlarmOpensAsDelayedAndABacklogIsOneIncident() {
        for (int hours = 20; hours > 15; hours--) {
            scene.lateSos(LI, Duration.ofHours(hours));
        }
        Incident incident = scene.only(LI, IncidentKind.SOS);
        assertThat(incident.standing().marks().delayed()).isTrue();
        assertThat(incident.standing().joined()).isEqualTo(4);

        Incident live = scene.sos(LI);
        assertThat(live.id()).isEqualTo(incident.id());
        assertThat(live.standing().marks().delayed()).isFalse();
    }

    @Test
    void oldNewsOfAnIncidentThatAPersonClosedIsAttachedThere() {
        scene.lateSos(LI, Duration.ofHours(20));
        Incident closed = scene.handle(ZHAO, scene.only(LI, IncidentKind.SOS));
        scene.time().advance(Duration.ofHours(1));

        scene.lateSos(LI, Duration.ofHours(19));

        assertThat(scene.open()).isEmpty();
        Incident shown = scene.again(closed);
        assertThat(shown.version()).isEqualTo(closed.version() + 1);
        assertThat(scene.kinds(shown)).endsWith(StoryKind.LATE);
        List<SignalStore.Heard> signals = scene.read(tx -> new SignalStore().of(tx, closed.id()));
        assertThat(signals).extracting(SignalStore.Heard::late).containsExactly(false, true);
    }

    @Test
    void oldNewsFromOutsideTheSpanOfAClosedIncidentOpensOne() {
        Incident closed = scene.handle(ZHAO, scene.sos(LI));
        scene.time().advance(Duration.ofHours(2));

        scene.lateSos(LI, Duration.ofHours(1));
        assertThat(scene.only(LI, IncidentKind.SOS).id()).isNotEqualTo(closed.id());
    }

    @Test
    void aFallThatNobodyCancelsIsConfirmedBySilence() throws Exception {
        Incident candidate = scene.fallSuspected(LI);
        assertThat(candidate.state()).isEqualTo(IncidentState.CANDIDATE);
        assertThat(candidate.priority()).isEqualTo(Priority.P3);

        scene.advance(59);
        assertThat(scene.again(candidate).state()).isEqualTo(IncidentState.CANDIDATE);
        scene.advance(1);

        Incident confirmed = scene.again(candidate);
        assertThat(confirmed.state()).isEqualTo(IncidentState.OPEN);
        assertThat(confirmed.priority()).isEqualTo(Priority.P1);
        assertThat(scene.kinds(confirmed)).contains(StoryKind.CONFIRMED, StoryKind.STEP);
    }

    @Test
    void aFallThatItsWearerCancelsEndsAndIsNotConfirmedLater() throws Exception {
        Incident candidate = scene.fallSuspected(LI);
        scene.advance(30);
        scene.say(scene.signal(Action.CANCEL, LI, IncidentKind.FALL, Priority.P3));

        Incident ended = scene.again(candidate);
        assertThat(ended.state()).isEqualTo(IncidentState.CANCELLED);
        assertThat(ended.standing().ending().disposition()).isEqualTo("CANCELLED_BY_USER");
        scene.advance(600);
        assertThat(scene.open()).isEmpty();
        assertThat(scene.steps(candidate)).isEmpty();
    }

    @Test
    void aCancelNeverEndsWhatAPersonHasTaken() {
        Incident taken = scene.take(ZHAO, scene.fallSuspected(LI));
        scene.say(scene.signal(Action.CANCEL, LI, IncidentKind.FALL, Priority.P3));

        assertThat(scene.again(taken).state()).isEqualTo(IncidentState.TAKEN);
        assertThat(scene.kinds(taken)).endsWith(StoryKind.CANCEL_TOLD);
        assertThat(scene.again(taken).version()).isEqualTo(taken.version() + 1);
    }

    @Test
    void aCancelNeverEndsWhatSilenceHasConfirmed() throws Exception {
        Incident candidate = scene.fallSuspected(LI);
        scene.advance(61);
        scene.say(scene.signal(Action.CANCEL, LI, IncidentKind.FALL, Priority.P3));

        assertThat(scene.again(candidate).state()).isEqualTo(IncidentState.OPEN);
    }

    @Test
    void silenceConfirmsAFallAlsoWhileAPersonHoldsIt() throws Exception {
        Incident taken = scene.take(ZHAO, scene.fallSuspected(LI));
        assertThat(taken.standing().staleAt()).isNull();
        scene.advance(61);

        Incident confirmed = scene.again(taken);
        assertThat(confirmed.state()).isEqualTo(IncidentState.TAKEN);
        assertThat(confirmed.priority()).isEqualTo(Priority.P1);
        assertThat(confirmed.rings()).isTrue();
        assertThat(confirmed.standing().staleAt()).isNotNull();
    }

    @Test
    void aSecondFallInATakenIncidentIsConfirmedBySilenceToo() throws Exception {
        scene.fallSuspected(LI);
        scene.advance(61);
        Incident taken = scene.take(ZHAO, scene.only(LI, IncidentKind.FALL));
        assertThat(taken.rings()).isFalse();
        scene.fallSuspected(LI);
        assertThat(scene.again(taken).rings()).isFalse();
        scene.advance(61);

        assertThat(scene.again(taken).state()).isEqualTo(IncidentState.TAKEN);
        assertThat(scene.again(taken).rings()).isTrue();
    }

    @Test
    void aSecondFallThatIsCancelledDoesNotRingWhoeverHasTakenTheFirst() throws Exception {
        scene.fallSuspected(LI);
        scene.advance(61);
        Incident taken = scene.take(ZHAO, scene.only(LI, IncidentKind.FALL));
        scene.fallSuspected(LI);
        scene.say(scene.signal(Action.CANCEL, LI, IncidentKind.FALL, Priority.P3));
        scene.advance(61);

        assertThat(scene.again(taken).rings()).isFalse();
    }

    @Test
    void aConfirmedFallOpensTheCandidateAtOnce() {
        Incident candidate = scene.fallSuspected(LI);
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.FALL, Priority.P1));

        Incident open = scene.again(candidate);
        assertThat(open.state()).isEqualTo(IncidentState.OPEN);
        assertThat(open.priority()).isEqualTo(Priority.P1);
    }

    @Test
    void whatJoinsATakenIncidentRingsAgainAndRestartsTheStaleClock() throws Exception {
        TestConsole console = scene.console(ZHAO);
        Incident taken = scene.take(ZHAO, scene.sos(LI));
        assertThat(taken.rings()).isFalse();
        scene.runDue();
        console.drain("ring");
        scene.advance(60);

        Incident joined = scene.sos(LI);
        assertThat(joined.state()).isEqualTo(IncidentState.TAKEN);
        assertThat(joined.rings()).isTrue();
        assertThat(joined.standing().staleAt()).isEqualTo(scene.now().plusSeconds(120));
        scene.runDue();
        assertThat(console.drain("ring")).hasSize(1);

        scene.advance(119);
        assertThat(scene.again(joined).state()).isEqualTo(IncidentState.TAKEN);
        scene.call(ZHAO, joined, Party.RESIDENT, Outcome.NO_ANSWER);
        assertThat(scene.again(joined).rings()).isFalse();
    }

    @Test
    void aSuspicionJoinsWhatIsOpenAndChangesNothingElse() throws Exception {
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.FALL, Priority.P1));
        Incident open = scene.fallSuspected(LI);
        assertThat(open.state()).isEqualTo(IncidentState.OPEN);
        assertThat(open.standing().joined()).isEqualTo(1);

        scene.advance(61);
        assertThat(scene.kinds(open)).doesNotContain(StoryKind.CONFIRMED);
    }

    @Test
    void aRemarkOpensNothingAndRingsNothing() {
        scene.say(scene.signal(Action.NOTE, LI, IncidentKind.FALL, Priority.P3));
        assertThat(scene.all()).isEmpty();

        Incident sos = scene.sos(LI);
        scene.say(scene.signal(Action.NOTE, LI, IncidentKind.SOS, Priority.P0));
        assertThat(scene.kinds(sos)).endsWith(StoryKind.REMARK);
        assertThat(scene.again(sos).version()).isEqualTo(1);
    }

    @Test
    void aSilenceThatIsPartOfAnOutageIsWithdrawnAndSaysSo() {
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.DEVICE_SILENT, Priority.P4));
        Incident silent = scene.only(LI, IncidentKind.DEVICE_SILENT);
        Incident sos = scene.sos(LI);

        scene.say(scene.signal(Action.WITHDRAW, LI, IncidentKind.DEVICE_SILENT, Priority.P4));

        Incident after = scene.again(silent);
        assertThat(after.state()).isEqualTo(IncidentState.CANCELLED);
        assertThat(after.standing().ending()).isNotNull();
        assertThat(after.standing().ending().disposition()).isEqualTo("DUPLICATE");
        assertThat(scene.kinds(silent)).endsWith(StoryKind.REMARK);
        assertThat(scene.again(sos)).isEqualTo(sos);
    }

    @Test
    void whatSomebodyHasTakenIsNotWithdrawn() {
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.DEVICE_SILENT, Priority.P4));
        Incident taken = scene.take(ZHAO, scene.only(LI, IncidentKind.DEVICE_SILENT));

        scene.say(scene.signal(Action.WITHDRAW, LI, IncidentKind.DEVICE_SILENT, Priority.P4));

        assertThat(scene.again(taken).state()).isEqualTo(IncidentState.TAKEN);
        assertThat(scene.kinds(taken)).endsWith(StoryKind.REMARK);
    }

    @Test
    void onlyAMaintenanceOrderIsEverWithdrawn() {
        for (Priority priority : List.of(Priority.P0, Priority.P1, Priority.P2, Priority.P3)) {
            SubjectId subject = SubjectId.resident("r-" + priority);
            scene.say(scene.signal(Action.RAISE, subject, IncidentKind.DEVICE_SILENT, priority));
            scene.say(scene.signal(Action.WITHDRAW, subject, IncidentKind.DEVICE_SILENT, Priority.P4));

            assertThat(scene.only(subject, IncidentKind.DEVICE_SILENT).state()).isEqualTo(IncidentState.OPEN);
        }
        scene.say(scene.signal(Action.WITHDRAW, LI, IncidentKind.DEVICE_SILENT, Priority.P4));
        assertThat(scene.open()).hasSize(4);
    }
}
