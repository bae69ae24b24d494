package org.anban.gateway.mqtt;

import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.event.Lane;
import org.anban.gateway.codec.ReusedBuffer;
import org.anban.gateway.codec.SharedReceive;
import org.anban.gateway.intake.Intake;
import org.anban.gateway.packet.Fault;
import org.anban.log.EventLog;

/** The connections of one event loop: their clocks, and the brake when the log falls behind. Confined to the loop. */
final class Dock {
    private static final long TICK_MILLIS = 500;
    private static final long BRAKE_MILLIS = 20;
    private static final int RELEASED_AT_ONCE = 100;
    private static final int ANSWER_BYTES = 4 * 1024;

    private final EventLoop loop;
    private final MqttServer.Parts parts;
    private final Intake intake;
    private final SharedReceive receive = new SharedReceive();
    private final ReusedBuffer answers = new ReusedBuffer(ANSWER_BYTES);
    private final Set<Connection> connections = new HashSet<>();
    private final Set<Connection> braked = new LinkedHashSet<>();
    private final List<Future<?>> clocks;
    private boolean behind;
    private boolean closed;

    Dock(EventLoop loop, MqttServer.Parts parts) {
        this.loop = loop;
        this.parts = parts;
        this.intake = new Intake(loop, parts.intake());
        this.clocks = List.of(
                loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS),
                loop.scheduleAtFixedRate(this::brake, BRAKE_MILLIS, BRAKE_MILLIS, TimeUnit.MILLISECONDS));
    }

    EventLoop loop() {
        return loop;
    }

    MqttServer.Parts parts() {
        return parts;
    }

    Intake intake() {
        return intake;
    }

    /** For connections of which nothing but MQTT is read. */
    SharedReceive receive() {
        return receive;
    }

    /** What acknowledgements are written into. */
    ReusedBuffer answers() {
        return answers;
    }

    void opened(Connection connection) {
        connections.add(connection);
        if (closed) {
            connection.fail(Fault.SHUTTING_DOWN, "");
        }
    }

    void closed(Connection connection) {
        connections.remove(connection);
        braked.remove(connection);
    }

    /** Whether whoever sends telemetry must wait; it is then told when it may go on. */
    boolean brakes(Connection connection) {
        if (behind) {
            braked.add(connection);
        }
        return behind;
    }

    private void brake() {
        if (!behind) {
            behind = intake.isBehind();
        } else if (intake.hasCaughtUp()) {
            behind = false;
        }
        for (int i = 0; i < RELEASED_AT_ONCE && !behind && !braked.isEmpty(); i++) {
            Iterator<Connection> first = braked.iterator();
            Connection next = first.next();
            first.remove();
            next.released();
        }
    }

    private void tick() {
        Instant now = parts.intake().time().instant();
        long nanos = System.nanoTime();
        EventLog.Status alarms = parts.intake().log().status(Lane.ALARM);
        boolean lost = alarms == EventLog.Status.STANDBY || alarms == EventLog.Status.CLOSED;
        for (Connection connection : List.copyOf(connections)) {
            if (lost && connection.isOpen()) {
                connection.fail(Fault.NOT_WRITABLE, "");
            } else {
                connection.tick(nanos, now);
            }
        }
    }

    /** Ends all connections; done when each has been told. */
    CompletableFuture<Void> close() {
        return CompletableFuture.runAsync(
                () -> {
                    closed = true;
                    clocks.forEach(clock -> clock.cancel(false));
                    List.copyOf(connections).forEach(connection -> connection.fail(Fault.SHUTTING_DOWN, ""));
                },
                loop);
    }
}
