package org.anban.gateway.inlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.event.Lane;
import org.anban.gateway.family.Families;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.Eventually;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of messages that others hand in. */
@Timeout(120)
class InletTest {
    private static final String HEART_RATE = "{\"heartRate\":72}";
    private static final String SOS = "{\"type\":\"sos\"}";

    private static final String EMERGENCY = "{\"action\":\"emergency\"}";

    private final InletUnderTest test = new InletUnderTest(new Quota.Limit(1, 20), new InletLimits(10, 1_000_000));
    private final Inlet inlet = test.inlet();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void whatIsHandedInIsAnsweredWhenItIsInTheLog() throws Exception {
        test.register("w-1");
        assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.COMMITTED);
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
        assertThat(test.logged(Lane.TELEMETRY)).hasSize(1);
        assertThat(test.logged(Lane.ALARM)).hasSize(1);
    }

    @Test
    void whatCannotBeUsedIsSetAsideWithItsReason() throws Exception {
        test.register("w-1");
        assertThat(take("w-1", Topic.TELEMETRY, "nonsense")).isEqualTo(Answer.setAside(Reason.UNPARSEABLE));
        assertThat(take("w-1", Topic.EVENT, "{\"type\":\"dance\"}")).isEqualTo(Answer.setAside(Reason.UNKNOWN_EVENT));
        assertThat(take("stranger", Topic.EVENT, SOS)).isEqualTo(Answer.setAside(Reason.UNKNOWN_DEVICE));
        assertThat(take("../etc", Topic.EVENT, SOS)).isEqualTo(Answer.setAside(Reason.UNKNOWN_DEVICE));
        assertThat(test.setAside("unknown-device")).isEqualTo(2);
    }

    @Test
    void telemetryAboveTheQuotaIsSetAsideAndAlarmsAreNot() throws Exception {
        test.register("w-1");
        for (int i = 0; i < 20; i++) {
            assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.COMMITTED);
        }
        Answer above = Answer.COMMITTED;
        for (int i = 0; i < 200 && above.equals(Answer.COMMITTED); i++) {
            above = take("w-1", Topic.TELEMETRY, HEART_RATE);
        }
        assertThat(above).isEqualTo(Answer.setAside(Reason.OVER_QUOTA));
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
    }

    @Test
    void telemetryThatWaitsIsToldToComeAgainAndHoldsUpNoAlarm() throws Exception {
        test.register("w-1");
        try (Connection lock = test.locked("telemetry_batch")) {
            for (int i = 0; i < 10; i++) {
                inlet.take("w-1", Topic.TELEMETRY, bytes(HEART_RATE), answers::add);
            }
            assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.BUSY);
            assertThat(take("w-1", Topic.EVENT, "{\"type\":\"door-opened\"}")).isEqualTo(Answer.BUSY);
            assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
            lock.rollback();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(Answer.COMMITTED);
        }
        assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.COMMITTED);
    }

    @Test
    void whileTheRegisterIsSilentKnownDevicesAreHeardAndOthersWait() throws Exception {
        test.register("w-1");
        test.register("w-2");
        assertThat(take("w-1", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.COMMITTED);
        test.registerAnswers(false);
        BlockingQueue<Answer> ofOther = new LinkedBlockingQueue<>();
        inlet.take("w-2", Topic.EVENT, bytes(SOS), ofOther::add);
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
        assertThat(ofOther).isEmpty();
        test.registerAnswers(true);
        assertThat(ofOther.poll(30, TimeUnit.SECONDS)).isEqualTo(Answer.COMMITTED);
    }

    @Test
    void theFirstAlarmOfADeviceThatWasJustRegisteredIsHeard() throws Exception {
        assertThat(take("w-3", Topic.TELEMETRY, HEART_RATE)).isEqualTo(Answer.setAside(Reason.UNKNOWN_DEVICE));
        test.register("w-3");
        assertThat(take("w-3", Topic.EVENT, SOS)).isEqualTo(Answer.COMMITTED);
    }

    @Test
    void theFirstAlarmOfAChildThatWasJustListedIsHeard() throws Exception {
        test.registerSpeaker("hub-1", SenderKind.RELAY, "zigbee2mqtt");
        test.register("zb-1");
        assertThat(state("hub-1", "bath", "{\"battery\":80}")).isEqualTo(Answer.setAside(Reason.UNLISTED));
        test.list("hub-1", "bath", "zb-1");
        assertThat(state("hub-1", "bath", EMERGENCY)).isEqualTo(Answer.COMMITTED);
        assertThat(test.logged(Lane.ALARM)).hasSize(1);
        assertThat(test.unstored()).isEmpty();
    }

    @Test
    void theAlarmOfADeviceThatNobodyKnowsIsShownAndCounted() throws Exception {
        assertThat(take("stranger", Topic.EVENT, SOS)).isEqualTo(Answer.setAside(Reason.UNKNOWN_DEVICE));
        assertThat(test.unstored().poll(30, TimeUnit.SECONDS)).isEqualTo("stranger/ SOS");
        assertThat(take("another", Topic.EVENT, "nonsense")).isEqualTo(Answer.setAside(Reason.UNKNOWN_DEVICE));
        assertThat(test.setAside("unlisted-alarm")).isEqualTo(1);
        assertThat(test.setAside("unknown-device")).isEqualTo(2);
        assertThat(test.unstored()).isEmpty();
    }

    @Test
    void anUnlistedAlarmIsShownThoughTheRegisterIsSilentAndWithTheNameOfTheChild() throws Exception {
        test.registerSpeaker("hub-1", SenderKind.RELAY, "zigbee2mqtt");
        assertThat(state("hub-1", "bath", "{}")).isEqualTo(Answer.setAside(Reason.UNLISTED));
        test.registerAnswers(false);
        assertThat(state("hub-1", "bath", EMERGENCY)).isEqualTo(Answer.setAside(Reason.UNLISTED));
        assertThat(test.unstored().poll(30, TimeUnit.SECONDS)).isEqualTo("hub-1/bath SOS");
        test.registerAnswers(true);
    }

    @Test
    void oneMisconfiguredAccountHidesNobodyElsesAlarm() throws Exception {
        test.registerSpeaker("hub-1", SenderKind.RELAY, "zigbee2mqtt");
        test.registerSpeaker("hub-2", SenderKind.RELAY, "zigbee2mqtt");
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h", "a")) {
            inlet.take("hub-1", sender -> zigbee(sender, name), bytes(EMERGENCY), answers::add);
        }
        inlet.take("hub-2", sender -> zigbee(sender, "bath"), bytes(EMERGENCY), answers::add);
        for (int i = 0; i < 10; i++) {
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(Answer.setAside(Reason.UNLISTED));
        }
        assertThat(test.unstored()).contains("hub-1/a SOS", "hub-1/b SOS", "hub-2/bath SOS");
        assertThat(test.setAside("unlisted-alarm")).isEqualTo(10);
    }

    @Test
    void whatCannotBeReadOnATopicThatStandsForAnAlarmIsShown() throws Exception {
        test.registerSpeaker("kati-1", SenderKind.ACCOUNT, "kati");
        BlockingQueue<Answer> own = new LinkedBlockingQueue<>();
        inlet.take("kati-1", sender -> Families.topicsOf(sender).find("iMEDE_watch/SOS"), bytes("{\"IME"), own::add);
        assertThat(own.poll(30, TimeUnit.SECONDS)).isEqualTo(Answer.setAside(Reason.UNPARSEABLE));
        assertThat(test.unstored().poll(30, TimeUnit.SECONDS)).isEqualTo("kati-1/ SOS");
        Eventually.until("with what came", Duration.ofSeconds(60), () -> test.example("kati-1", "unlisted-alarm")
                .equals("{\"IME"));
    }

    private Answer state(String relay, String name, String payload) throws InterruptedException {
        BlockingQueue<Answer> own = new LinkedBlockingQueue<>();
        inlet.take(relay, sender -> zigbee(sender, name), bytes(payload), own::add);
        return own.poll(30, TimeUnit.SECONDS);
    }

    private static @Nullable Address zigbee(DeviceProfile relay, String name) {
        return Families.topicsOf(relay).find("zigbee2mqtt/" + name);
    }

    @Test
    void whatTheLogRefusesIsRefused() throws Exception {
        test.register("w-1");
        test.log().close();
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.REFUSED);
    }

    @Test
    void whoeverWaitsForTheRegisterIsRefusedWhenItCloses() throws Exception {
        test.registerAnswers(false);
        inlet.take("w-1", Topic.EVENT, bytes(SOS), answers::add);
        inlet.close();
        assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(Answer.REFUSED);
        assertThat(take("w-1", Topic.EVENT, SOS)).isEqualTo(Answer.REFUSED);
    }

    private Answer take(String device, Topic topic, String payload) throws InterruptedException {
        BlockingQueue<Answer> own = new LinkedBlockingQueue<>();
        inlet.take(device, topic, bytes(payload), own::add);
        return own.poll(30, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
