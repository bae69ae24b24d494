package org.anban.alert.console;

import static org.anban.alert.scene.Neighbourhood.FAR_AWAY;
import static org.anban.alert.scene.Neighbourhood.LI;
import static org.anban.alert.scene.Neighbourhood.SUN;
import static org.anban.alert.scene.Neighbourhood.WANG;
import static org.anban.alert.scene.Neighbourhood.ZHAO;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertScene;
import org.anban.alert.AlertService;
import org.anban.alert.incident.Incident;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveStreamsTest {
    private final AlertScene scene = AlertScene.inForeground();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aStreamBeginsWithTheOpenSetAndThenTellsEveryChangeInItsOrder() throws Exception {
        Incident first = scene.sos(LI);
        TestConsole console = TestConsole.connect(scene.streams(), ZHAO);
        assertThat(console.next().name()).isEqualTo("hello");
        TestConsole.Event open = console.next();
        assertThat(open.name()).isEqualTo("open-set");
        assertThat(open.data().getJsonArray("items")).hasSize(1);

        Incident second = scene.sos(WANG);
        scene.streams().publish();
        scene.take(ZHAO, first);
        scene.streams().publish();
        scene.handle(ZHAO, first);
        scene.streams().publish();

        assertThat(console.next().data().getString("id")).isEqualTo(second.id());
        TestConsole.Event taken = console.next();
        assertThat(taken.name()).isEqualTo("change");
        assertThat(taken.data().getString("state")).isEqualTo("TAKEN");
        assertThat(console.next().data().getString("state")).isEqualTo("CLOSED");
        scene.streams().publish();
        assertThat(console.drain("change")).isEmpty();
    }

    @Test
    void anEndingIsToldEvenIfNobodyLookedForALongTime() {
        Incident sos = scene.sos(LI);
        TestConsole console = TestConsole.connect(scene.streams(), ZHAO);
        scene.handle(ZHAO, sos);
        scene.time().advance(Duration.ofHours(1));
        scene.streams().publish();

        assertThat(console.drain("change"))
                .extracting(row -> row.getString("state"))
                .containsExactly("CLOSED");
    }

    @Test
    void aStreamTellsOnlyOfItsArea() throws Exception {
        TestConsole near = TestConsole.connect(scene.streams(), ZHAO);
        TestConsole everywhere = TestConsole.connect(scene.streams(), SUN);
        TestConsole far = TestConsole.connect(scene.streams(), FAR_AWAY);
        scene.sos(LI);
        scene.streams().publish();
        TestConsole farLater = TestConsole.connect(scene.streams(), FAR_AWAY);

        assertThat(near.drain("change")).hasSize(1);
        assertThat(everywhere.drain("change")).hasSize(1);
        assertThat(far.drain("change")).isEmpty();
        assertThat(farLater.drain("open-set"))
                .extracting(set -> set.getJsonArray("items"))
                .containsExactly(new JsonArray());
    }

    @Test
    void whenTheRegisterSaysWhereItIsItIsGoneForEverybodyElse() throws Exception {
        scene.neighbourhood().silent(true);
        TestConsole near = TestConsole.connect(scene.streams(), ZHAO);
        TestConsole far = TestConsole.connect(scene.streams(), FAR_AWAY);
        Incident sos = scene.sos(LI);
        scene.streams().publish();
        TestConsole farLater = TestConsole.connect(scene.streams(), FAR_AWAY);
        assertThat(near.drain("change")).hasSize(1);
        assertThat(far.drain("change")).hasSize(1);
        assertThat(farLater.drain("open-set")).hasSize(1);

        scene.neighbourhood().silent(false);
        scene.runDue();
        assertThat(near.drain("change"))
                .extracting(row -> row.getString("area"))
                .containsExactly("dayu/lane-1");
        assertThat(List.of(far, farLater)).allSatisfy(console -> assertThat(console.next())
                .isEqualTo(new TestConsole.Event("gone", new JsonObject().put("id", sos.id()))));
        scene.take(ZHAO, sos);
        scene.streams().publish();
        assertThat(far.drain("gone")).isEmpty();
    }

    @Test
    void anAlarmThatCouldNotBeStoredIsShownFromMemory() {
        TestConsole console = TestConsole.connect(scene.streams(), FAR_AWAY);
        scene.database().close();
        scene.service()
                .unstored()
                .received(new DeviceId("button-1"), SubjectId.unbound("button-1"), ReportKind.SOS, scene.now());

        scene.service()
                .unstored()
                .unlisted(new DeviceId("hub-1"), "bath", SubjectId.unbound("hub-1"), ReportKind.SOS, scene.now());

        assertThat(console.drain("not-stored"))
                .extracting(alarm -> alarm.getString("device") + alarm.getString("named") + alarm.getString("kind"))
                .containsExactly("button-1SOS", "hub-1bathSOS");
    }

    @Test
    void theStreamOfALoginThatIsOverEnds() throws Exception {
        TestConsole console = scene.console(ZHAO);
        TestConsole other = scene.console(SUN);
        scene.neighbourhood().logout(ZHAO);
        scene.streams().checkLogins(scene.neighbourhood());
        scene.streams().tidy();

        assertThat(console.isOpen()).isFalse();
        assertThat(other.isOpen()).isTrue();
        List<Console> reachable = scene.read(tx -> scene.consoles().reachable(tx, scene.now()));
        assertThat(reachable).extracting(Console::personId).containsExactly("sup-1");
    }

    @Test
    void ourOwnStandstillIsToldOnceAndItsEndToo() {
        TestConsole console = TestConsole.connect(scene.streams(), ZHAO);
        scene.streams().ownAlarm("the log stands still for 11 s");
        scene.streams().ownAlarm("the log stands still for 16 s");
        TestConsole late = TestConsole.connect(scene.streams(), SUN);
        scene.streams().ownAlarm(null);

        assertThat(console.drain("own-alarm"))
                .extracting(alarm -> alarm.getBoolean("over"))
                .containsExactly(false, true);
        assertThat(late.drain("own-alarm")).hasSize(2);
    }

    @Test
    void detectionThatStandsStillIsAnAlarmOfOurOwn() {
        try (AlertScene live = new AlertScene(config -> config)) {
            TestConsole console = TestConsole.connect(live.streams(), ZHAO);
            live.time().advance(Duration.ofSeconds(11));
            Eventually.passes(() -> assertThat(console.drain("own-alarm"))
                    .extracting(alarm -> alarm.getBoolean("over"))
                    .contains(false));
            assertThat(live.service().health()).isPresent();
        }
    }

    @Test
    void inTheBackgroundAChangeIsToldAtOnceAlsoByAnotherInstance() throws Exception {
        try (AlertScene live = new AlertScene(config -> config);
                AlertService other = live.another(config -> config)) {
            TestConsole here = live.console(ZHAO);
            TestConsole there = TestConsole.connect(live.streamsOf(other), SUN);
            live.sos(LI);
            assertThat(told(here)).isEqualTo(LI.toString());
            assertThat(told(there)).isEqualTo(LI.toString());
        }
    }

    private static String told(TestConsole console) throws InterruptedException {
        TestConsole.Event event = console.next();
        while (!event.name().equals("change")) {
            event = console.next();
        }
        return event.data().getString("subject");
    }

    @Test
    void inTheBackgroundTheOperatorIsRungAtOnce() throws Exception {
        try (AlertScene live = new AlertScene(config -> config)) {
            TestConsole console = live.console(ZHAO);
            Incident sos = live.sos(LI);
            TestConsole.Event event = console.next();
            while (!event.name().equals("ring")) {
                event = console.next();
            }
            assertThat(event.data().getString("id")).isEqualTo(sos.id());
            assertThat(event.data().getString("priority")).isEqualTo("P0");
        }
    }
}
