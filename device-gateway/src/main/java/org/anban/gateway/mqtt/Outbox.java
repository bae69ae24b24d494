package org.anban.gateway.mqtt;

import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.anban.gateway.codec.Packet;
import org.anban.gateway.command.Command;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.packet.Packets;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.session.SentCommands;
import org.anban.gateway.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands on their way to one device; what it does not acknowledge at QoS 1 is sent again when it comes back. */
final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** Most connections never see a command, and have none of this. */
    private record Mail(Deque<Command> waiting, Set<Integer> unacknowledged, Set<String> known, SentCommands sent) {
        Mail(SentCommands sent) {
            this(new ArrayDeque<>(), new HashSet<>(), new HashSet<>(), sent);
        }
    }

    private static final Duration KEY_LIFE = Duration.ofDays(1);

    private final Connection connection;
    private final Dock dock;
    private final Session session;
    private final int epoch;
    private final boolean claiming;
    private final int mostAtOnce;
    private final Packets packets;
    private @Nullable Mail mail;
    private boolean fetching;
    private boolean fetchAgain;

    Outbox(Connection connection, Dock dock, Conversation.Partner partner) {
        this.connection = connection;
        this.dock = dock;
        this.session = partner.session();
        this.epoch = partner.opened().epoch();
        this.claiming = partner.opened().claiming();
        this.mostAtOnce = partner.greeting().receiveMaximum();
        this.packets = partner.packets();
    }

    /** Looks for commands and sends them. */
    void fetch() {
        if (fetching) {
            fetchAgain = true;
            return;
        }
        fetching = true;
        dock.parts().workers().executeBlocking(this::look, false).onComplete(result -> dock.loop()
                .execute(() -> {
                    if (result.failed()) {
                        log.warn("cannot look for commands: {}", result.cause().getMessage());
                    }
                    fetched(result.succeeded() ? result.result() : List.of());
                }));
    }

    /** On a worker's thread. */
    private List<Command> look() {
        if (!claiming) {
            return dock.parts().commands().undelivered(session.device());
        }
        return mail == null ? List.of(ownKey()) : List.of();
    }

    /** It is stored nowhere, so it is not among the commands: a device that did not get it claims again. */
    private Command ownKey() {
        String id = UUID.randomUUID().toString();
        String key = dock.parts().admission().keyFor(session.profile().id());
        JsonObject body =
                new JsonObject().put("type", "credential").put("key", key).put("id", id);
        return new Command(
                id,
                session.device(),
                body.encode(),
                dock.parts().intake().time().instant().plus(KEY_LIFE));
    }

    private void fetched(List<Command> commands) {
        fetching = false;
        if (!connection.isOpen() || !session.isSubscribed()) {
            return;
        }
        if (!commands.isEmpty()) {
            send(commands);
        }
        if (fetchAgain) {
            fetchAgain = false;
            fetch();
        }
    }

    private void send(List<Command> commands) {
        Mail all = mail;
        if (all == null) {
            all = new Mail(session.sent(epoch));
            all.sent().keepOnly(commands.stream().map(Command::id).toList());
            mail = all;
        }
        for (Command command : commands) {
            if (all.known().add(command.id())) {
                all.waiting().add(command);
            }
        }
        send(all);
    }

    private void send(Mail all) {
        Instant now = dock.parts().intake().time().instant();
        while (!all.waiting().isEmpty() && all.unacknowledged().size() < mostAtOnce) {
            Command command = all.waiting().remove();
            long seconds = Duration.between(now, command.expiresAt()).toSeconds();
            if (seconds > 0) { // else nobody is told to do what is no more wanted; it is found to have expired
                send(all, command, seconds);
            }
        }
        connection.flush();
    }

    /** A command that was sent at QoS 1 goes out as the same message again, whatever was granted since. */
    private void send(Mail all, Command command, long seconds) {
        int before = all.sent().packetId(command.id());
        boolean acknowledged = before != 0 || session.grantedQos() > 0;
        int packetId = before == 0 && acknowledged ? all.sent().add(command.id()) : before;
        ByteBuf bytes =
                packets.command(Topic.command(session.device()), packetId, before != 0, command.payload(), seconds);
        int length = bytes.readableBytes();
        if (length > packets.mostBytes()) {
            bytes.release();
            all.sent().remove(packetId);
            String why = "the packet has " + length + " bytes, and the device takes " + packets.mostBytes();
            note(all, command.id(), () -> dock.parts().commands().failed(command.id(), why));
        } else if (acknowledged) {
            all.unacknowledged().add(packetId);
            connection.write(bytes);
        } else {
            connection.write(bytes, () -> arrived(all, command.id()));
        }
    }

    /** PUBREC: for a message of QoS 2, of which we send none. */
    void received(Packet.Acknowledgement packet) {
        if (mail != null && mail.sent().has(packet.packetId())) {
            connection.fail(Fault.PROTOCOL_ERROR, "PUBREC for a message of QoS 1");
        } else if (!packet.isRefusal()) {
            connection.write(packets.pubRel(packet.packetId(), false));
        }
    }

    /** PUBACK: the device has it. */
    void acknowledged(Packet.Acknowledgement packet) {
        Mail all = mail;
        String id = all == null ? null : all.sent().remove(packet.packetId());
        if (all == null || id == null) {
            return;
        }
        all.unacknowledged().remove(packet.packetId());
        all.waiting().removeIf(command -> command.id().equals(id));
        arrived(all, id);
        send(all);
    }

    private void arrived(Mail all, String id) {
        note(all, id, () -> dock.parts().commands().acknowledged(List.of(id)));
    }

    private void note(Mail all, String id, Runnable what) {
        dock.parts()
                .workers()
                .executeBlocking(
                        () -> {
                            what.run();
                            return null;
                        },
                        false)
                .onFailure(e -> log.warn("cannot note what became of a command: {}", e.getMessage()))
                .onSuccess(done -> dock.loop().execute(() -> forget(all, id)));
    }

    /** It will not be found again, unless by a look that has begun already. */
    private void forget(Mail all, String id) {
        if (!fetching) {
            all.known().remove(id);
        }
    }
}
