package org.anban.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anban.gateway.inlet.Answer;
import org.anban.gateway.inlet.Bringer;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;

/** What is brought when, while the inlet has no room. */
class ConversationTest {
    private static final Answer BUSY = new Answer(Answer.Kind.BUSY, null);

    private final Inlet inlet = new Inlet();
    private final Conversation conversation;
    private int wakes;

    ConversationTest() throws MqttException {
        conversation = new Conversation("tcp://127.0.0.1:1", "c-1", inlet, () -> wakes++);
    }

    @Test
    void whatCameLaterDoesNotOvertakeWhatIsBroughtAgain() {
        inlet.closedFor = 2;
        arrives("fall", 1);
        arrives("fall-cancelled", 1);
        assertThat(conversation.bringAgain()).isTrue();
        assertThat(inlet.letIn).isEmpty();
        assertThat(conversation.bringAgain()).isFalse();
        assertThat(inlet.letIn).containsExactly("fall", "fall-cancelled");
        arrives("next", 1);
        assertThat(inlet.letIn).containsExactly("fall", "fall-cancelled", "next");
    }

    @Test
    void whatWasToldToComeAgainIsBroughtByTheNextTurnAndWakesNobody() {
        arrives("door", 1);
        inlet.bringers.get(0).answered(BUSY);
        assertThat(wakes).isZero();
        assertThat(inlet.letIn).containsExactly("door");
        conversation.bringAgain();
        assertThat(inlet.letIn).containsExactly("door", "door");
        assertThat(conversation.bringAgain()).isFalse();
    }

    @Test
    void laterTelemetryIsNotInTurnUntilTheEarlierIsJudgedAgain() {
        arrives("door-opened", 1);
        arrives("door-closed", 1);
        assertThat(inlet.bringers.get(0).isInTurn()).isTrue();
        inlet.bringers.get(0).answered(BUSY);
        conversation.bringAgain();
        assertThat(inlet.bringers.get(1).isInTurn()).isFalse();
        inlet.bringers.get(1).answered(BUSY);
        assertThat(inlet.bringers.get(2).isInTurn()).isTrue();
        conversation.bringAgain();
        assertThat(inlet.letIn).containsExactly("door-opened", "door-closed", "door-opened", "door-closed");
        assertThat(inlet.bringers.get(3).isInTurn()).isTrue();
    }

    @Test
    void whatTheBrokerDoesNotKeepIsBroughtAgainToo() {
        arrives("sos", 0);
        assertThat(inlet.bringers.get(0).comesBack()).isFalse();
        inlet.bringers.get(0).answered(BUSY);
        conversation.bringAgain();
        assertThat(inlet.letIn).containsExactly("sos", "sos");
        assertThat(inlet.lost).isZero();
        assertThat(conversation.waiting()).isZero();
    }

    @Test
    void whatTheBrokerDoesNotKeepIsHeldUpToABoundAndCountedAbove() {
        inlet.closedFor = 1;
        for (int i = 0; i < 1_003; i++) {
            arrives("sos", 0);
        }
        assertThat(inlet.lost).isEqualTo(3);
        assertThat(conversation.bringAgain()).isFalse();
        assertThat(inlet.letIn).hasSize(1_000);
        inlet.bringers.get(0).answered(new Answer(Answer.Kind.REFUSED, null));
        assertThat(inlet.lost).as("refused").isEqualTo(4);
        inlet.bringers.get(1).answered(BUSY);
        conversation.close();
        assertThat(inlet.lost).as("left behind").isEqualTo(5);
    }

    private void arrives(String topic, int qos) {
        MqttMessage message = new MqttMessage("{}".getBytes(StandardCharsets.UTF_8));
        message.setQos(qos);
        message.setId(inlet.bringers.size() + 1);
        conversation.messageArrived(topic, message);
    }

    /** Lets nothing in for a number of times. */
    private static final class Inlet implements Conversation.Taker {
        private final List<String> letIn = new ArrayList<>();
        private final List<Bringer> bringers = new ArrayList<>();
        private int closedFor;
        private int lost;

        @Override
        public boolean take(String topic, byte[] payload, Bringer bringer) {
            if (closedFor > 0) {
                closedFor--;
                bringer.answered(BUSY);
                return false;
            }
            letIn.add(topic);
            bringers.add(bringer);
            return true;
        }

        @Override
        public void lost(int messages) {
            lost += messages;
        }
    }
}
