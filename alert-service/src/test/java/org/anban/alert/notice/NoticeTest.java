package org.anban.alert.notice;

import static org.anban.alert.scene.Neighbourhood.LI;
import static org.anban.alert.scene.Neighbourhood.ZHAO;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertScene;
import org.anban.alert.console.TestConsole;
import org.anban.alert.escalation.EscalationPolicy;
import org.anban.alert.escalation.LadderView;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.story.StoryEntry;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.Contact;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NoticeTest {
    private static final String SECRET = "a secret that both know";

    private final FakeProvider provider;
    private final AlertScene scene;
    private final NoticeStore store = new NoticeStore();

    NoticeTest() throws IOException {
        provider = new FakeProvider();
        NoticeConfig.Webhook webhook = new NoticeConfig.Webhook(provider.url(), SECRET, Duration.ofMillis(700));
        scene = new AlertScene(config -> config.inForeground().with(NoticeConfig.DEFAULT.withWebhook(webhook)));
    }

    @AfterEach
    void close() {
        scene.close();
        provider.close();
    }

    /** One notice for one telephone, of an incident that has no ladder of its own. */
    private Notice notice(Priority priority, String number) {
        scene.say(scene.signal(
                org.anban.alert.signal.AlertSignal.Action.RAISE, LI, IncidentKind.DEVICE_SILENT, Priority.P4));
        Incident incident = scene.only(LI, IncidentKind.DEVICE_SILENT);
        Notice notice = Notice.ready(
                UUID.randomUUID().toString(),
                incident.id(),
                Channel.WEBHOOK,
                new Recipient("c-1", "Li Na", number),
                new Notice.Matter("test", priority, IncidentKind.SOS, "dayu"),
                "please call",
                scene.now());
        scene.read(tx -> {
            store.add(tx, notice);
            return null;
        });
        return notice;
    }

    private Notice again(Notice notice) {
        return scene.read(tx -> store.of(tx, notice.incidentId())).stream()
                .filter(n -> n.id().equals(notice.id()))
                .findFirst()
                .orElseThrow();
    }

    private NoticeState state(Notice notice) {
        return again(notice).progress().state();
    }

    private List<String> attempts(Notice notice) {
        return scene.read(
                tx -> tx.createQuery("select outcome from alert.notice_attempt where notice = :id order by id")
                        .bind("id", notice.id())
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void aNoticeIsSentOnceSignedAndWithItsKey() throws Exception {
        Notice notice = notice(Priority.P0, "13900000001");
        scene.runDue();

        FakeProvider.Sent sent = provider.next();
        assertThat(sent.key()).isEqualTo(notice.id());
        assertThat(Signature.holds(sent.signature(), SECRET, scene.now(), sent.key(), sent.body()))
                .isTrue();
        assertThat(Signature.holds(sent.signature(), SECRET, scene.now(), sent.key(), sent.body() + " "))
                .isFalse();
        assertThat(Signature.holds(sent.signature(), SECRET, scene.now(), "another notice", sent.body()))
                .isFalse();
        assertThat(Signature.holds(sent.signature(), "another secret!!", scene.now(), sent.key(), sent.body()))
                .isFalse();
        assertThat(Signature.holds(sent.signature(), SECRET, scene.now().plusSeconds(301), sent.key(), sent.body()))
                .isFalse();
        assertThat(sent.json().getJsonObject("recipient").getString("number")).isEqualTo("13900000001");
        assertThat(sent.json().fieldNames())
                .containsExactlyInAnyOrder(
                        "notice", "incident", "purpose", "priority", "kind", "area", "recipient", "text");
        scene.runDue();
        assertThat(provider.waiting()).isZero();
        assertThat(state(notice)).isEqualTo(NoticeState.SENT);
        assertThat(attempts(notice)).containsExactly("sent");
    }

    @Test
    void aProviderThatFailsIsTriedAgainWithGrowingPausesAndTheSameKey() throws Exception {
        provider.answers(503, 500, 200);
        Notice notice = notice(Priority.P2, "13900000001");
        scene.runDue();
        assertThat(state(notice)).isEqualTo(NoticeState.READY);
        scene.advance(1);
        assertThat(attempts(notice)).hasSize(1);
        scene.advance(1);
        scene.advance(2);
        assertThat(attempts(notice)).hasSize(2);
        scene.advance(2);

        assertThat(state(notice)).isEqualTo(NoticeState.SENT);
        assertThat(attempts(notice)).containsExactly("not_sent", "not_sent", "sent");
        assertThat(List.of(
                        provider.next().key(),
                        provider.next().key(),
                        provider.next().key()))
                .containsOnly(notice.id());
    }

    @Test
    void aProviderThatRefusesIsNotAskedAgain() throws Exception {
        provider.answers(422);
        Notice notice = notice(Priority.P0, "13900000001");
        scene.runDue();
        scene.advance(600);

        assertThat(state(notice)).isEqualTo(NoticeState.FAILED);
        assertThat(attempts(notice)).containsExactly("refused");
    }

    @Test
    void aProviderThatNeverTakesItMakesItFailInTheEnd() throws Exception {
        provider.answers(500, 500, 500, 500, 500, 500, 500, 500);
        Notice notice = notice(Priority.P0, "13900000001");
        for (int i = 0; i < 12; i++) {
            scene.advance(300);
        }
        assertThat(state(notice)).isEqualTo(NoticeState.FAILED);
        assertThat(attempts(notice)).hasSize(8);
    }

    @Test
    void aCriticalNoticeWithoutAnAnswerIsUnknownAndSentAgainWithTheSameKey() throws Exception {
        provider.answers(FakeProvider.NO_ANSWER, 200);
        Notice notice = notice(Priority.P0, "13900000001");
        scene.runDue();
        assertThat(state(notice)).isEqualTo(NoticeState.UNKNOWN);
        scene.advance(2);

        assertThat(state(notice)).isEqualTo(NoticeState.SENT);
        assertThat(provider.next().key()).isEqualTo(provider.next().key());
        assertThat(attempts(notice)).containsExactly("unknown", "sent");
    }

    @Test
    void aLesserNoticeWithoutAnAnswerStaysUnknown() throws Exception {
        provider.answers(FakeProvider.HANG_UP);
        Notice notice = notice(Priority.P2, "13900000001");
        scene.runDue();
        scene.advance(600);

        assertThat(state(notice)).isEqualTo(NoticeState.UNKNOWN);
        assertThat(attempts(notice)).containsExactly("unknown");
    }

    @Test
    void whatASenderHeldWhenItDiedIsUnknownOnceTheLeaseIsOver() throws Exception {
        Notice urgent = notice(Priority.P1, "13900000001");
        Notice lesser = notice(Priority.P3, "13900000002");
        for (int i = 0; i < 2; i++) {
            assertThat(died()).isPresent();
        }
        scene.advance(29);
        assertThat(state(urgent)).isEqualTo(NoticeState.SENDING);
        assertThat(provider.waiting()).isZero();
        scene.advance(2);

        assertThat(state(urgent)).isEqualTo(NoticeState.SENT);
        assertThat(provider.next().key()).isEqualTo(urgent.id());
        assertThat(attempts(urgent)).containsExactly("unknown", "sent");
        assertThat(state(lesser)).isEqualTo(NoticeState.UNKNOWN);
        assertThat(provider.waiting()).isZero();
    }

    @Test
    void aSenderThatWasThoughtDeadDoesNotUndoWhatAnotherHasSent() throws Exception {
        Notice notice = notice(Priority.P0, "13900000001");
        Notice held = died().orElseThrow();
        scene.advance(31);
        assertThat(state(notice)).isEqualTo(NoticeState.SENT);

        Optional<NoticeState> settled = scene.read(tx -> store.settle(tx, held, NoticeState.READY, scene.now()));
        assertThat(settled).isEmpty();
        assertThat(state(notice)).isEqualTo(NoticeState.SENT);
    }

    /** A sender claims a notice and is never heard of again. */
    private Optional<Notice> died() {
        return scene.read(tx -> store.claim(
                tx,
                new NoticeStore.Claim(
                        Channel.WEBHOOK,
                        null,
                        "lease of the dead",
                        scene.now(),
                        scene.now().plusSeconds(30),
                        8)));
    }

    @Test
    void whatALadderHadToSayIsNotSentAfterSomebodyTookTheCase() throws Exception {
        provider.answers(503, 503, 503);
        Incident incident = scene.sos(LI);
        scene.runDue();
        for (int i = 0; i < 3; i++) {
            provider.next();
        }
        scene.take(ZHAO, incident);
        scene.advance(10);

        assertThat(provider.waiting()).isZero();
        assertThat(scene.notices(incident))
                .hasSize(3)
                .allMatch(notice -> notice.progress().state() == NoticeState.WITHDRAWN)
                .allSatisfy(notice -> assertThat(attempts(notice)).containsExactly("not_sent", "withdrawn"));
    }

    @Test
    void whatWasNotSentBeforeItOpenedAgainIsLeftToTheNewLadder() throws Exception {
        provider.answers(503, 503, 503);
        Incident incident = scene.sos(LI);
        scene.runDue();
        scene.take(ZHAO, incident);
        scene.advance(120);

        assertThat(scene.again(incident).state()).isEqualTo(IncidentState.OPEN);
        assertThat(scene.notices(incident))
                .extracting(notice -> notice.progress().state())
                .containsExactly(
                        NoticeState.WITHDRAWN,
                        NoticeState.WITHDRAWN,
                        NoticeState.WITHDRAWN,
                        NoticeState.SENT,
                        NoticeState.SENT,
                        NoticeState.SENT);
    }

    @Test
    void aNoticeThatMayHaveBeenSentIsNotSentAgainAfterTheEnd() throws Exception {
        provider.answers(FakeProvider.HANG_UP, FakeProvider.HANG_UP, FakeProvider.HANG_UP);
        Incident incident = scene.sos(LI);
        scene.runDue();
        scene.handle(ZHAO, incident);
        scene.advance(10);

        assertThat(scene.notices(incident))
                .hasSize(3)
                .allMatch(notice -> notice.progress().state() == NoticeState.UNKNOWN)
                .allSatisfy(notice -> assertThat(attempts(notice)).containsExactly("unknown"));
    }

    @Test
    void aTelephoneThatCannotBeRungIsToldAndRungAgainByTheNextStep() throws Exception {
        provider.answers(422, 200, 422);
        Incident incident = scene.sos(LI);
        scene.runDue();

        assertThat(texts(incident, StoryKind.NOTICE_FAILED)).hasSize(2).allMatch(text -> text.endsWith(": HTTP 422"));
        assertThat(ladder(incident)).contains("family-and-station sent: rang 3; 2 failed");
        for (int i = 0; i < 3; i++) {
            provider.next();
        }
        scene.advance(60);
        assertThat(texts(incident, StoryKind.STEP).get(4))
                .contains("duty-manager: rang 1")
                .contains("rang again 2");
        assertThat(provider.waiting()).isEqualTo(3);
        scene.advance(60);
        assertThat(texts(incident, StoryKind.STEP).get(5))
                .contains("everybody: rang 1")
                .doesNotContain("again");
    }

    @Test
    void aStepWhoseTelephonesAllFailedHasFailed() throws Exception {
        provider.answers(422, 422, 422, 422, 422, 422, 422);
        Incident incident = scene.sos(LI);
        scene.runDue();
        scene.advance(60);

        assertThat(ladder(incident)).contains("family-and-station failed: rang 3; 3 failed");
        assertThat(texts(incident, StoryKind.NOTICE_FAILED)).hasSize(7);
        scene.advance(60);
        assertThat(texts(incident, StoryKind.STEP).get(5))
                .contains("everybody: rang 1")
                .contains("rang again 3");
        assertThat(scene.notices(incident))
                .filteredOn(notice -> notice.progress().state() == NoticeState.SENT)
                .extracting(notice -> notice.recipient().name())
                .containsExactlyInAnyOrder("Li Na", "Chen", "Station", "Zhou");
    }

    @Test
    void whoIsRungAgainHasTheNumberThatTheRegisterHasByNow() throws Exception {
        provider.answers(422, 422, 422);
        Incident incident = scene.sos(LI);
        scene.runDue();
        scene.neighbourhood()
                .contacts(LI, List.of(new Contact("c-1", "f-1", "Li Na", "daughter", "13900000099", 1, true)));
        scene.advance(60);

        assertThat(scene.notices(incident))
                .filteredOn(notice -> notice.progress().state() == NoticeState.SENT)
                .extracting(notice -> notice.recipient().number())
                .containsExactlyInAnyOrder("13900000020", "13900000099", "13900000010");
    }

    @Test
    void aRegisterThatIsSilentKeepsNobodyFromBeingRungAgain() throws Exception {
        provider.answers(422, 422, 422);
        Incident incident = scene.sos(LI);
        scene.runDue();
        scene.neighbourhood().silent(true);
        scene.advance(60);

        assertThat(scene.notices(incident))
                .filteredOn(notice -> notice.progress().state() == NoticeState.SENT)
                .extracting(notice -> notice.recipient().name())
                .containsExactlyInAnyOrder("Li Na", "Chen", "Station");
    }

    @Test
    void aProviderThatTakesNothingIsAnAlarmOfOurOwnUntilItTakesSomething() {
        provider.answers(422, 503, FakeProvider.HANG_UP);
        NoticeConfig.Webhook webhook = new NoticeConfig.Webhook(provider.url(), SECRET, Duration.ofMillis(700));
        try (AlertScene live = new AlertScene(config -> config.with(NoticeConfig.DEFAULT.withWebhook(webhook)))) {
            TestConsole console = TestConsole.connect(live.streams(), ZHAO);
            live.sos(LI);
            Eventually.passes(() -> assertThat(console.drain("own-alarm"))
                    .extracting(alarm -> alarm.getString("problem"))
                    .containsExactly("the provider of calls and messages has not taken the last 3 notices"));

            live.time().advance(Duration.ofSeconds(3));
            Eventually.passes(() -> assertThat(console.drain("own-alarm"))
                    .extracting(alarm -> alarm.getBoolean("over"))
                    .containsExactly(true));
        }
    }

    @Test
    void aFailedReceiptThatOvertakesTheAnswerIsNotLost() throws Exception {
        Notice notice = notice(Priority.P0, "13900000001");
        Notice held = died().orElseThrow();
        receipt(held, "failed", NoticeState.FAILED);
        assertThat(state(notice)).isEqualTo(NoticeState.SENDING);

        Optional<NoticeState> settled = scene.read(tx -> store.settle(tx, held, NoticeState.SENT, scene.now()));
        assertThat(settled).hasValue(NoticeState.FAILED);
        assertThat(state(notice)).isEqualTo(NoticeState.FAILED);
    }

    @Test
    void aReceiptThatOvertakesAnAnswerThatNeverComesIsBelieved() throws Exception {
        Notice taken = notice(Priority.P0, "13900000001");
        receipt(died().orElseThrow(), "answered", NoticeState.SENT);
        Notice refused = notice(Priority.P0, "13900000002");
        receipt(died().orElseThrow(), "failed", NoticeState.FAILED);
        scene.advance(31);

        assertThat(state(taken)).isEqualTo(NoticeState.SENT);
        assertThat(state(refused)).isEqualTo(NoticeState.FAILED);
        assertThat(texts(scene.only(LI, IncidentKind.DEVICE_SILENT), StoryKind.NOTICE_FAILED))
                .containsExactly("could not ring Li Na: the provider says that it failed");
        assertThat(provider.waiting()).isZero();
        scene.read(tx -> {
            store.sentAfterAll(tx, refused.id());
            return null;
        });
        assertThat(state(refused)).isEqualTo(NoticeState.FAILED);
    }

    private void receipt(Notice notice, String word, NoticeState state) {
        scene.read(tx -> store.receipt(tx, notice.id(), word, state, scene.now()));
    }

    private List<String> texts(Incident incident, StoryKind kind) {
        return scene.story(incident).stream()
                .filter(entry -> entry.kind() == kind)
                .map(StoryEntry::text)
                .toList();
    }

    private List<String> ladder(Incident incident) {
        return LadderView.of(
                        EscalationPolicy.DEFAULT,
                        scene.again(incident),
                        scene.story(incident),
                        scene.notices(incident),
                        List.of())
                .stream()
                .map(line ->
                        line.step() + " " + line.state() + ": " + line.text().replaceFirst("^[^:]*: ", ""))
                .toList();
    }

    @Test
    void anEmergencyNumberNeverReachesTheProvider() throws Exception {
        Notice notice = notice(Priority.P0, "+86 120");
        scene.runDue();

        assertThat(state(notice)).isEqualTo(NoticeState.FAILED);
        assertThat(provider.waiting()).isZero();
        List<String> details = scene.read(tx -> tx.createQuery("select detail from alert.notice_attempt")
                .mapTo(String.class)
                .list());
        assertThat(details).containsExactly("emergency numbers are dialled by a person");
    }

    @Test
    void theLadderHandsFamilyToTheProviderButNoEmergencyNumber() throws Exception {
        scene.neighbourhood()
                .contacts(
                        LI,
                        List.of(
                                new Contact("c-1", "", "Li Na", "daughter", "13900000001", 1, true),
                                new Contact("c-9", "", "Ambulance", "other", "120", 2, false)));
        Incident incident = scene.sos(LI);
        scene.runDue();

        assertThat(scene.notices(incident))
                .filteredOn(n -> n.recipient().name().equals("Ambulance"))
                .extracting(n -> n.progress().state())
                .containsExactly(NoticeState.FAILED);
        while (provider.waiting() > 0) {
            JsonObject sent = provider.next().json();
            assertThat(sent.getJsonObject("recipient").getString("number")).isNotEqualTo("120");
        }
    }
}
