package org.anban.gateway.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;
import org.anban.contracts.event.Lane;
import org.anban.gateway.admission.Admission;
import org.anban.gateway.admission.Greeting;
import org.anban.gateway.admission.Refusal;
import org.anban.gateway.codec.Flaw;
import org.anban.gateway.codec.Packet;
import org.anban.gateway.family.Families;
import org.anban.gateway.listener.Wire;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.session.Session;
import org.anban.gateway.session.Sessions;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;

/** From CONNECT to CONNACK. What follows CONNECT before the key is checked waits here, and there is not much room. */
final class Handshake {
    private static final int MOST_KEPT = 512;

    private final Connection connection;
    private final Dock dock;
    private final Deque<Packet> kept = new ArrayDeque<>(1);

    Handshake(Connection connection, Dock dock) {
        this.connection = connection;
        this.dock = dock;
    }

    /** The first packet. */
    void begin(Packet packet) {
        if (!(packet instanceof Packet.Connect connect)) {
            packet.release();
            connection.fail(Fault.PROTOCOL_ERROR, "the first packet is not CONNECT");
            return;
        }
        connection.reading().pause(Reading.Because.CHECKING, true);
        Greeting greeting =
                Greeting.of(connect, Wire.certified(connection.context().channel()));
        Refusal problem = greeting.problem();
        if (problem != null) {
            connection.refuse(problem, greeting);
        } else if (dock.parts().intake().log().status(Lane.ALARM) != EventLog.Status.APPENDING) {
            connection.refuse(Refusal.UNAVAILABLE, greeting);
        } else {
            dock.parts().admission().knock(greeting, connection.address(), answer -> dock.loop()
                    .execute(() -> end(greeting, answer)));
        }
    }

    /** What is said to a CONNECT that cannot be read; null if nothing can be said, since nobody knows what it speaks. */
    static @Nullable Refusal refusal(Packet.Broken broken) {
        if (broken.flaw() == Flaw.VERSION) {
            return Refusal.VERSION;
        }
        if (broken.version() != 5) {
            return null;
        }
        return broken.flaw() == Flaw.MALFORMED ? Refusal.MALFORMED : Refusal.PROTOCOL;
    }

    /** Why a device that proved who it is cannot be let in all the same. */
    static @Nullable Refusal refusal(Greeting greeting, Session session, int answerBytes) {
        Packet.Will will = greeting.will();
        if (will != null && Families.topicsOf(session.profile()).find(will.topic()) == null) {
            return Refusal.WILL;
        }
        return answerBytes > greeting.mostBytes() ? Refusal.NO_ROOM : null;
    }

    /** Something that came before the answer. */
    void keep(Packet packet) {
        if (kept.size() < MOST_KEPT) {
            kept.add(packet);
        } else {
            packet.release();
            connection.fail(Fault.PROTOCOL_ERROR, "too much behind CONNECT");
        }
    }

    private void end(Greeting greeting, Admission.Answer answer) {
        if (!connection.isChecking()) {
            return;
        }
        Sessions.Opened opened = answer.opened();
        if (opened == null) {
            Refusal refusal = answer.refusal();
            connection.refuse(refusal == null ? Refusal.UNAVAILABLE : refusal, greeting);
            return;
        }
        connection.connected(greeting, opened);
        for (Packet next = kept.poll(); next != null; next = kept.poll()) {
            connection.packet(next);
        }
        connection.channelReadComplete(connection.context());
        connection.reading().pause(Reading.Because.CHECKING, false);
    }

    void discard() {
        kept.forEach(Packet::release);
        kept.clear();
    }
}
