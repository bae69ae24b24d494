package org.anban.gateway.mqtt;

import io.netty.buffer.ByteBuf;
import org.anban.gateway.codec.Packet;
import org.anban.gateway.family.Families;
import org.anban.gateway.intake.Sender;
import org.anban.gateway.intake.Verdict;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.packet.InFlight;
import org.anban.gateway.packet.Packets;
import org.anban.gateway.packet.TopicAliases;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Channel;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.session.Session;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.topic.Topics;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;

/** What a device publishes: into the log, and answered in its order once it is there. */
final class Publishes implements Sender {
    private static final int NOT_AUTHORISED = 0x87;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int PAYLOAD_FORMAT_INVALID = 0x99;
    private static final int MOST_UNRELEASED = 1_024;

    private final Connection connection;
    private final Dock dock;
    private final Session session;
    private final int epoch;
    private final boolean version5;
    private final Topics topics;
    private final Packets packets;
    private final InFlight inFlight;
    private @Nullable TopicAliases aliases;
    private @Nullable Address usual;
    private String usualName = "";
    private int most;

    private boolean onlyAlarms;
    private boolean left;
    private boolean ended;

    Publishes(Connection connection, Dock dock, Conversation.Partner partner) {
        this.connection = connection;
        this.dock = dock;
        this.session = partner.session();
        this.epoch = partner.opened().epoch();
        this.packets = partner.packets();
        this.version5 = packets.version5();
        this.inFlight = new InFlight(packets.acknowledgesInWords());
        this.most = dock.parts().limits().inFlight();
        this.topics = partner.opened().claiming() ? topic -> null : Families.topicsOf(session.profile());
    }

    /**
     * Takes a message of QoS 1 on the topic that the device mostly uses, with nothing unusual about it, as it stands in
     * the packet; see {@link org.anban.gateway.codec.PacketDecoder.Shortcut}.
     */
    boolean takePlain(ByteBuf bytes, int start, int end) {
        Address address = usual;
        String name = usualName;
        int id = start + Short.BYTES + name.length();
        int payload = id + Short.BYTES + (version5 ? 1 : 0);
        if (address == null
                || payload > end
                || bytes.getUnsignedShort(start) != name.length()
                || bytes.getUnsignedShort(id) == 0
                || version5 && (bytes.getByte(payload - 1) != 0 || isFull())
                || !isThere(name, bytes, start + Short.BYTES)) {
            return false;
        }
        int readable = bytes.writerIndex();
        bytes.setIndex(payload, end);
        try {
            take(address, bytes.getUnsignedShort(id), 1, bytes);
        } finally {
            bytes.setIndex(start, readable);
        }
        pauseIfFull();
        return true;
    }

    /** What is sent again and again is telemetry. */
    private void becomesUsual(String name, Address address) {
        if (mayWait(address.channel())) {
            usual = address;
            usualName = name;
        }
    }

    private static boolean isThere(String ascii, ByteBuf bytes, int at) {
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes.getByte(at + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the receive maximum is reached, to which a message of QoS 2 counts until it is released. */
    private boolean isFull() {
        return inFlight.counted() >= dock.parts().limits().inFlight();
    }

    private void pauseIfFull() {
        if (inFlight.size() >= most) {
            connection.reading().pause(Reading.Because.IN_FLIGHT, true);
        }
    }

    void take(Packet.Publish message) {
        int qos = message.qos();
        String name = message.alias() < 0 ? message.topic() : resolved(message);
        if (name == null) {
            return;
        }
        if (qos > 0 && version5 && isFull()) {
            connection.fail(Fault.TOO_MANY_IN_FLIGHT, "");
            return;
        }
        Address address = topics.find(name);
        if (address == null) {
            elsewhere(name, message.packetId(), qos);
        } else if (qos == 2 && isStored(message.packetId(), message.again())) {
            inFlight.ready(inFlight.add(message.packetId(), 2), 0);
        } else {
            take(address, message.packetId(), qos, message.payload());
            becomesUsual(name, address);
        }
        pauseIfFull();
    }

    /**
     * Whether this message of QoS 2 is durable already. Only one that says that it is sent again can be: a device that has
     * lost its state uses the packet ids that it used before, and means new messages. What was known of the id is over then.
     */
    private boolean isStored(int packetId, boolean sentAgain) {
        if (sentAgain) {
            return session.hasReceived(packetId);
        }
        session.release(packetId);
        return false;
    }

    private void take(Address address, int packetId, int qos, ByteBuf payload) {
        long number = inFlight.add(packetId, qos);
        Verdict verdict = dock.intake().take(this, number, session.source(), address, payload);
        if (verdict == Verdict.NO_ROOM) {
            inFlight.takeBack();
            left |= qos > 0;
            return;
        }
        if (verdict != Verdict.TAKEN) {
            inFlight.ready(number, version5 ? reason(verdict) : 0);
        }
        if (mayWait(address.channel()) && dock.brakes(connection)) {
            connection.reading().pause(Reading.Because.LOG_BEHIND, true);
        }
    }

    /** Whether the sender may be kept waiting when telemetry does. */
    private static boolean mayWait(Channel channel) {
        return !(channel instanceof Topic) || channel == Topic.TELEMETRY;
    }

    /** A client of 3.1.1 can only be told yes, so it is: what was set aside must not come back. */
    private static int reason(Verdict verdict) {
        return switch (verdict) {
            case UNLISTED -> NOT_AUTHORISED;
            case UNUSABLE -> PAYLOAD_FORMAT_INVALID;
            case OVER_QUOTA -> QUOTA_EXCEEDED;
            case TAKEN, NOTHING, NO_ROOM, UNSURE -> 0;
        };
    }

    /** Not the device's topic. A client of 3.1.1 cannot be told and is disconnected, as the standard allows. */
    private void elsewhere(String name, int packetId, int qos) {
        if (!version5) {
            connection.fail(Fault.OTHERS_TOPIC, name);
            return;
        }
        dock.parts().intake().setAsides().count(session.device(), Reason.OTHERS_TOPIC, name);
        if (qos > 0) {
            inFlight.ready(inFlight.add(packetId, qos), NOT_AUTHORISED);
        }
    }

    /** The topic that an alias stands for, or is now told to stand for; null if the connection was ended for it. */
    private @Nullable String resolved(Packet.Publish message) {
        int most = dock.parts().limits().topicAliases();
        if (message.alias() < 1 || message.alias() > most) {
            connection.fail(Fault.TOPIC_ALIAS, "");
            return null;
        }
        if (aliases == null) {
            aliases = new TopicAliases(most);
        }
        String name = aliases.resolve(message.topic(), message.alias());
        if (name == null) {
            connection.fail(Fault.PROTOCOL_ERROR, "a topic alias that stands for nothing");
        }
        return name;
    }

    /** PUBREL: the device will not send that message again. */
    void release(int packetId) {
        inFlight.released();
        connection.write(packets.pubComp(packetId, session.release(packetId)));
    }

    @Override
    public void settled(long message, EventLog.Outcome outcome) {
        boolean room = outcome != EventLog.Outcome.COMMITTED
                || inFlight.qos(message) != 2
                || session.receive(inFlight.packetId(message), epoch, MOST_UNRELEASED);
        if (ended) {
            return;
        }
        if (outcome == EventLog.Outcome.REFUSED) {
            connection.fail(Fault.NOT_WRITABLE, "");
            return;
        }
        if (!room) {
            connection.fail(Fault.PROTOCOL_ERROR, "PUBREL never comes");
            return;
        }
        inFlight.ready(message, 0);
    }

    @Override
    public void answered() {
        if (ended) {
            return;
        }
        ByteBuf answers = inFlight.drain(connection.context().alloc(), dock.answers());
        if (answers != null) {
            connection.write(answers);
            connection.flush();
        }
        if (connection.reading().isPaused(Reading.Because.IN_FLIGHT) && hasRoom()) {
            connection.reading().pause(Reading.Because.IN_FLIGHT, false);
        }
        takeAllIfThereIsRoom();
    }

    @Override
    public boolean comesBack(long message) {
        return inFlight.qos(message) > 0;
    }

    @Override
    public boolean takesOnlyAlarms() {
        return onlyAlarms;
    }

    private boolean hasRoom() {
        return inFlight.size() <= dock.parts().limits().inFlight() / 2;
    }

    /**
     * The log has not taken this device's telemetry for too long: what comes now is read again, so that an alarm is not
     * stuck behind it, and alarms have places of their own. Telemetry is left without an answer; the device sends it again on its next connection.
     */
    void takeOnlyAlarms() {
        if (!onlyAlarms) {
            onlyAlarms = true;
            most = inFlight.size() + dock.parts().limits().inFlight();
            connection.reading().pause(Reading.Because.IN_FLIGHT, false);
            connection.reading().pause(Reading.Because.LOG_BEHIND, false);
        }
    }

    /**
     * Ends that, when the log has caught up: with the connection, if something was left that will be sent again, but not
     * before everything that was taken, an alarm perhaps, has had its answer.
     */
    void takeAllIfThereIsRoom() {
        boolean room = left ? inFlight.size() == 0 : hasRoom();
        if (!onlyAlarms || !room || dock.brakes(connection)) {
            return;
        }
        onlyAlarms = false;
        most = dock.parts().limits().inFlight();
        if (left) {
            connection.fail(Fault.BUSY, "");
        }
    }

    /** A device that comes and goes all the time may fill the log with it no faster than with telemetry. */
    boolean mayTellOfLoss() {
        boolean may = session.source().quota().take(System.nanoTime());
        if (!may) {
            dock.parts().intake().setAsides().count(session.device(), Reason.OVER_QUOTA, "connection-lost");
        }
        return may;
    }

    /** The connection is gone: nothing is answered any more. */
    void end() {
        ended = true;
    }
}
