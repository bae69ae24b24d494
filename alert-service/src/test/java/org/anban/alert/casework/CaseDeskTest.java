package org.anban.alert.casework;

import static org.anban.alert.scene.Neighbourhood.FAR_AWAY;
import static org.anban.alert.scene.Neighbourhood.LI;
import static org.anban.alert.scene.Neighbourhood.QIAN;
import static org.anban.alert.scene.Neighbourhood.ZHAO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertScene;
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
                ChangedSince.class, () -> desk.take(new Request(ZHAO, seen.id(), seen.version(), "c-1")));
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
        JsonObject first = desk.take(request);
        JsonObject second = desk.take(request);
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
