package org.anban.alert.casework;

import static org.anban.alert.scene.Neighbourhood.FAR_AWAY;
import static org.anban.alert.scene.Neighbourhood.LI;
import static org.anban.alert.scene.Neighbourhood.QIAN;
import static org.anban.alert.scene.Neighbourhood.SUN;
import static org.anban.alert.scene.Neighbourhood.ZHAO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertScene;
import org.anban.alert.call.PhoneCall;
import org.anban.alert.call.PhoneCall.Outcome;
import org.anban.alert.call.PhoneCall.Party;
import org.anban.alert.dispatch.DispatchState;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.error.CareException;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CaseDeskTest {
    private final AlertScene scene = AlertScene.inForeground();
    private final CaseDesk desk = scene.cases();

    @AfterEach
    void close() {
        scene.close();
    }

    private Incident close(Incident incident) {
        desk.close(scene.request(ZHAO, incident), "ASSISTANCE_GIVEN", "", "");
        return scene.again(incident);
    }

    private void cannotClose(Incident incident, CloseNeed why) {
        assertThatThrownBy(() -> close(incident))
                .isInstanceOf(ChangedSince.class)
                .hasMessageContaining(why.en());
        assertThat(scene.again(incident).state()).isEqualTo(IncidentState.TAKEN);
    }

    private String send(Incident incident) {
        desk.seen(scene.request(ZHAO, incident));
        scene.dispatches().send(scene.request(ZHAO, incident), "p-1");
        return scene.read(tx -> new org.anban.alert.dispatch.DispatchStore().ofCase(tx, incident.caseId()))
                .get(0)
                .id();
    }

    private void move(Incident incident, String dispatch, DispatchState... states) {
        for (DispatchState state : states) {
            scene.dispatches().move(scene.request(ZHAO, incident), dispatch, state, "");
        }
    }

    @Test
    void takeAndCloseNameTheCurrentVersionAndOtherActsAnOlderOne() {
        Incident seen = scene.sos(LI);
        scene.sos(LI);

        ChangedSince conflict = catchThrowableOfType(
                ChangedSince.class, () -> desk.take(new Request(ZHAO, seen.id(), seen.version(), "c-1"), Map.of()));
        assertThat(conflict.current().version()).isEqualTo(2);
        assertThat(scene.again(seen).state()).isEqualTo(IncidentState.OPEN);

        desk.note(new Request(ZHAO, seen.id(), seen.version(), "c-2"), "calling now");
        assertThatThrownBy(() -> desk.note(new Request(ZHAO, seen.id(), 99, "c-3"), "from the future"))
                .isInstanceOf(ChangedSince.class);
    }

    @Test
    void whatJoinsInTheInstantOfTheCloseIsNotClosedUnseen() {
        Incident taken = scene.take(ZHAO, scene.sos(LI));
        scene.call(ZHAO, taken, Party.RESIDENT, Outcome.SPOKE);
        Request closing = scene.request(ZHAO, taken);
        scene.sos(LI);

        ChangedSince conflict =
                catchThrowableOfType(ChangedSince.class, () -> desk.close(closing, "ACCIDENTAL", "", ""));
        assertThat(conflict.current().standing().joined()).isEqualTo(1);
        assertThat(scene.again(taken).state()).isEqualTo(IncidentState.TAKEN);
    }

    @Test
    void theSameCommandTwiceHasOneEffectAndOneAnswer() {
        Incident incident = scene.sos(LI);
        Request request = scene.request(ZHAO, incident);
        JsonObject first = desk.take(request, Map.of());
        JsonObject second = desk.take(request, Map.of());
        assertThat(second).isEqualTo(first);
        assertThat(scene.again(incident).version()).isEqualTo(2);

        Request note = scene.request(ZHAO, incident);
        desk.note(note, "once");
        desk.note(note, "once");
        assertThat(scene.kinds(incident).stream().filter(StoryKind.NOTE::equals))
                .hasSize(1);
    }

    @Test
    void aRefusedCommandMayBeTriedAgain() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        Request early = scene.request(ZHAO, incident);
        assertThatThrownBy(() -> desk.close(early, "TEST", "", "")).isInstanceOf(ChangedSince.class);
        desk.close(early, "TEST", "", "a technician is testing");
        assertThat(scene.again(incident).state()).isEqualTo(IncidentState.CLOSED);
    }

    @Test
    void takingWhatAColleagueHoldsIsATakeOver() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        Incident over = scene.take(QIAN, incident);

        assertThat(over.standing().holder().personId()).isEqualTo(QIAN.personId());
        assertThat(scene.kinds(over)).endsWith(StoryKind.TAKEN, StoryKind.TAKEN_OVER);
        scene.call(QIAN, over, Party.RESIDENT, Outcome.SPOKE);
        assertThatThrownBy(() -> close(over)).hasMessageContaining(CloseNeed.TAKE_IT.en());
    }

    @Test
    void onlyTheHolderWhoHasSeenWhatJoinedEndsItsRing() {
        Incident before = scene.take(ZHAO, scene.sos(LI));
        Incident joined = scene.sos(LI);
        assertThat(joined.rings()).isTrue();

        desk.seen(scene.request(QIAN, joined));
        desk.note(scene.request(QIAN, joined), "I only look");
        scene.call(SUN, joined, Party.RESIDENT, Outcome.SPOKE);
        desk.note(new Request(ZHAO, before.id(), before.version(), "begun-before"), "calling now");
        assertThat(scene.again(joined).rings()).isTrue();

        desk.seen(scene.request(ZHAO, joined));
        assertThat(scene.again(joined).rings()).isFalse();
        assertThat(scene.take(ZHAO, scene.sos(LI)).rings()).isFalse();
    }

    @Test
    void whatOthersRecordDoesNotRestartTheStaleClockOfTheHolder() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        scene.time().advance(Duration.ofSeconds(60));
        desk.note(scene.request(QIAN, incident), "I only look");
        assertThat(scene.again(incident).standing().staleAt())
                .isEqualTo(incident.standing().staleAt());

        desk.note(scene.request(ZHAO, incident), "still at it");
        assertThat(scene.again(incident).standing().staleAt())
                .isEqualTo(incident.standing().staleAt().plusSeconds(60));
    }

    @Test
    void workOnOneIncidentKeepsNoOtherFromGoingStaleThatStillRings() {
        Incident sos = scene.take(ZHAO, scene.sos(LI));
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.FALL, Priority.P1));
        Incident fall = scene.take(ZHAO, scene.only(LI, IncidentKind.FALL));
        scene.sos(LI);
        Instant stale = scene.again(sos).standing().staleAt();
        scene.time().advance(Duration.ofSeconds(60));

        desk.note(scene.request(ZHAO, fall), "about the fall");
        assertThat(scene.again(sos).rings()).isTrue();
        assertThat(scene.again(sos).standing().staleAt()).isEqualTo(stale);
    }

    @Test
    void takingACaseNeverTakesAnAlarmThatWasNotShown() {
        Incident fall = fallOf();
        Incident sos = scene.sos(LI);

        ChangedSince unseen =
                catchThrowableOfType(ChangedSince.class, () -> desk.take(scene.request(ZHAO, fall), Map.of()));
        assertThat(unseen.current().id()).isEqualTo(sos.id());
        assertThat(scene.open()).extracting(Incident::state).containsOnly(IncidentState.OPEN);
        scene.sos(LI);
        assertThatThrownBy(() -> desk.take(scene.request(ZHAO, fall), Map.of(sos.id(), sos.version())))
                .isInstanceOf(ChangedSince.class);

        desk.take(scene.request(ZHAO, fall), Map.of(sos.id(), scene.again(sos).version()));
        assertThat(scene.open()).extracting(Incident::state).containsOnly(IncidentState.TAKEN);
    }

    @Test
    void takingAgainNeedsToNameOnlyWhatTheCallerDoesNotHoldOrWhatRings() {
        Incident fall = fallOf();
        scene.sos(LI);
        scene.take(ZHAO, fall);
        desk.take(scene.request(ZHAO, fall), Map.of());

        assertThatThrownBy(() -> desk.take(scene.request(QIAN, fall), Map.of())).isInstanceOf(ChangedSince.class);
        Incident sos = scene.sos(LI);
        assertThatThrownBy(() -> desk.take(scene.request(ZHAO, fall), Map.of())).isInstanceOf(ChangedSince.class);
        assertThat(scene.again(sos).rings()).isTrue();
    }

    private Incident fallOf() {
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.FALL, Priority.P1));
        return scene.only(LI, IncidentKind.FALL);
    }

    @Test
    void whatWasRecordedBeforeAnAlarmJoinedSaysNothingOfIt() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        scene.call(ZHAO, incident, Party.RESIDENT, Outcome.SPOKE);
        scene.time().advance(Duration.ofSeconds(30));
        scene.sos(LI);
        cannotClose(incident, CloseNeed.REACT_TO_JOINED);

        desk.seen(scene.request(ZHAO, incident));
        cannotClose(incident, CloseNeed.CONTACT_VISIT_OR_REASON);
        scene.time().advance(Duration.ofSeconds(30));
        scene.call(ZHAO, incident, Party.RESIDENT, Outcome.SPOKE);
        assertThat(close(incident).state()).isEqualTo(IncidentState.CLOSED);
    }

    @Test
    void noReasonForNotGoingClosesWhatStillRings() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        scene.sos(LI);
        assertThatThrownBy(() -> desk.close(scene.request(ZHAO, incident), "FALSE_SENSOR", "", "a technician tests"))
                .hasMessageContaining(CloseNeed.REACT_TO_JOINED.en());
    }

    @Test
    void aContactIsOneOfTheFileAsFarAsTheRegisterCanSay() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        for (String unknown : new String[] {null, " ", "c-99"}) {
            assertThatThrownBy(() -> callContact(incident, unknown))
                    .isInstanceOfSatisfying(
                            CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.INVALID));
        }
        cannotClose(incident, CloseNeed.CONTACT_VISIT_OR_REASON);
        callContact(incident, "c-2");

        scene.neighbourhood().silent(true);
        callContact(incident, "c-99");
        assertThat(close(incident).state()).isEqualTo(IncidentState.CLOSED);
    }

    private void callContact(Incident incident, @Nullable String contactId) {
        PhoneCall.By zhao = new PhoneCall.By(ZHAO.personId(), ZHAO.displayName(), scene.now());
        scene.calls()
                .call(
                        scene.request(ZHAO, incident),
                        new PhoneCall(Party.CONTACT, contactId, "13900000002", Outcome.SPOKE, "", zhao));
    }

    @Test
    void nobodyActsOutsideTheirArea() {
        Incident incident = scene.sos(LI);
        assertThatThrownBy(() -> scene.take(FAR_AWAY, incident))
                .isInstanceOfSatisfying(
                        CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.NOT_FOUND));
    }

    @Test
    void aCriticalIncidentWithoutVoiceContactNeedsMoreThanSilence() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        cannotClose(incident, CloseNeed.CONTACT_VISIT_OR_REASON);
        scene.call(ZHAO, incident, Party.RESIDENT, Outcome.SILENT);
        scene.call(ZHAO, incident, Party.RESIDENT, Outcome.NO_ANSWER);
        scene.call(ZHAO, incident, Party.CONTACT, Outcome.NO_ANSWER);
        scene.call(ZHAO, incident, Party.OTHER, Outcome.SPOKE);
        cannotClose(incident, CloseNeed.CONTACT_VISIT_OR_REASON);

        scene.call(ZHAO, incident, Party.CONTACT, Outcome.SPOKE);
        assertThat(close(incident).state()).isEqualTo(IncidentState.CLOSED);
    }

    @Test
    void voiceContactIsEnough() {
        assertThat(scene.handle(ZHAO, scene.sos(LI)).state()).isEqualTo(IncidentState.CLOSED);
    }

    @Test
    void aRecordedReasonForNotGoingIsEnoughAndIsInTheStory() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        assertThatThrownBy(() -> desk.close(scene.request(ZHAO, incident), "FALSE_SENSOR", "", "  "))
                .isInstanceOf(ChangedSince.class);
        desk.close(scene.request(ZHAO, incident), "FALSE_SENSOR", "", "seen on the stairs by the carer");

        assertThat(scene.story(incident)).last().satisfies(e -> assertThat(
                        e.data().getString("noVisitReason"))
                .isEqualTo("seen on the stairs by the carer"));
    }

    @Test
    void aVisitIsEnoughButNotWhileSomebodyIsUnderWay() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        String dispatch = send(incident);
        cannotClose(incident, CloseNeed.RESPONDER_UNDER_WAY);
        move(incident, dispatch, DispatchState.ACCEPTED, DispatchState.EN_ROUTE, DispatchState.ARRIVED);
        cannotClose(incident, CloseNeed.RESPONDER_UNDER_WAY);
        move(incident, dispatch, DispatchState.INSIDE);
        cannotClose(incident, CloseNeed.RESPONDER_UNDER_WAY);
        move(incident, dispatch, DispatchState.DONE);

        assertThat(close(incident).state()).isEqualTo(IncidentState.CLOSED);
    }

    @Test
    void aVisitThatWasCalledOffIsNone() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        String dispatch = send(incident);
        move(incident, dispatch, DispatchState.EN_ROUTE, DispatchState.CANCELLED);
        cannotClose(incident, CloseNeed.CONTACT_VISIT_OR_REASON);
    }

    @Test
    void nobodyIsInsideWhoNeverArrived() {
        Incident incident = scene.take(ZHAO, scene.sos(LI));
        String dispatch = send(incident);
        assertThatThrownBy(() -> move(incident, dispatch, DispatchState.INSIDE)).isInstanceOf(ChangedSince.class);
        assertThatThrownBy(() -> move(incident, dispatch, DispatchState.DONE)).isInstanceOf(ChangedSince.class);
    }

    @Test
    void onlyWhoHasTakenTheCaseSendsAResponder() {
        Incident incident = scene.sos(LI);
        assertThatThrownBy(() -> send(incident)).isInstanceOf(ChangedSince.class);
        Incident taken = scene.take(ZHAO, incident);
        assertThatThrownBy(() -> scene.dispatches().send(scene.request(ZHAO, taken), "nobody"))
                .isInstanceOfSatisfying(
                        CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.INVALID));
        assertThatThrownBy(() -> scene.dispatches().send(scene.request(QIAN, taken), "p-1"))
                .isInstanceOf(ChangedSince.class);
        scene.dispatches().send(scene.request(ZHAO, taken), "p-1");
    }

    @Test
    void whatIsNotCriticalClosesWithACodeAlone() {
        scene.say(scene.signal(Action.RAISE, LI, IncidentKind.DEVICE_SILENT, Priority.P4));
        Incident incident = scene.only(LI, IncidentKind.DEVICE_SILENT);
        assertThatThrownBy(() -> close(incident)).hasMessageContaining(CloseNeed.TAKE_IT.en());
        scene.take(ZHAO, incident);
        assertThatThrownBy(() -> desk.close(scene.request(ZHAO, incident), "WHATEVER", "", ""))
                .isInstanceOf(CareException.class);
        assertThat(close(incident).state()).isEqualTo(IncidentState.CLOSED);
    }

    @Test
    void anEndedIncidentTakesNotesAndNothingElse() {
        Incident closed = scene.handle(ZHAO, scene.sos(LI));
        desk.note(scene.request(ZHAO, closed), "called back next day");
        assertThat(scene.kinds(closed)).endsWith(StoryKind.NOTE);
        assertThatThrownBy(() -> scene.take(ZHAO, closed)).isInstanceOf(ChangedSince.class);
        assertThatThrownBy(() -> desk.seen(scene.request(ZHAO, closed))).isInstanceOf(ChangedSince.class);
        assertThatThrownBy(() -> scene.call(ZHAO, closed, Party.RESIDENT, Outcome.SPOKE))
                .isInstanceOf(ChangedSince.class);
    }
}
