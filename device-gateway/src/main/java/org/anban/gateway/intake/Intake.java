package org.anban.gateway.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.gateway.payload.Address;
import org.anban.gateway.presence.Presences;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.source.Source;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages of all connections of one event loop and hands what one turn of the loop read to the log in one
 * append a lane. Confined to its event loop.
 */
public final class Intake {
    private static final long CHECK_MILLIS = 250;
    private static final Lane[] LANES = Lane.values();

    /** What the intakes of all event loops share. */
    public record Parts(
            EventLog log,
            InstantSource time,
            UnstoredAlarms unstored,
            SetAsides setAsides,
            Presences presences,
            IntakeRules rules,
            MeterRegistry metrics) {}

    private final EventLoop loop;
    private final Parts parts;
    private final Message message;
    private final Counter[] counters = new Counter[Verdict.values().length];
    private final @Nullable Handover[] open = new Handover[LANES.length];
    private final Deque<Handover> alarms = new ArrayDeque<>();
    private byte[] scratch = new byte[4096];
    private Instant receivedAt = Instant.EPOCH;
    private boolean turning;

    public Intake(EventLoop loop, Parts parts) {
        this.loop = loop;
        this.parts = parts;
        this.message = new Message(parts);
        for (Verdict verdict : Verdict.values()) {
            String name = verdict.name().toLowerCase(Locale.ROOT);
            counters[verdict.ordinal()] = parts.metrics().counter("anban.gateway.messages", "verdict", name);
        }
        loop.scheduleAtFixedRate(this::tellOfUnstored, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes one message.
     *
     * @param source who sends it, for itself or for those on its list
     * @param payload read, not released
     * @param number the sender's own number of the message, told back when it is durable
     */
    public Verdict take(Sender sender, long number, Source source, Address address, ByteBuf payload) {
        Verdict verdict = judge(sender, number, source, address, payload);
        counters[verdict.ordinal()].increment();
        if (verdict == Verdict.TAKEN) {
            message.noteIn(parts.presences(), sender.comesBack(number));
        }
        return verdict;
    }

    private Verdict judge(Sender sender, long number, Source source, Address address, ByteBuf payload) {
        boolean telemetry = !address.channel().mayHoldAlarm();
        if (telemetry && sender.takesOnlyAlarms()) {
            return Verdict.NO_ROOM;
        }
        if (telemetry && !source.quota().take(System.nanoTime())) {
            return message.overQuota(source);
        }
        beginTurn();
        int length = read(payload);
        Verdict verdict = message.decode(source, address, scratch, length, sender.isSure(number));
        return verdict == Verdict.TAKEN ? handOver(sender, number) : verdict;
    }

    private int read(ByteBuf payload) {
        int length = payload.readableBytes();
        if (length > scratch.length) {
            scratch = new byte[Math.max(length, scratch.length * 2)];
        }
        payload.getBytes(payload.readerIndex(), scratch, 0, length);
        return length;
    }

    /** A message of somebody whom the register does not know: nothing of it is stored, and an alarm in it is shown. */
    public void stranger(Source source, Address address, ByteBuf payload) {
        beginTurn();
        int length = read(payload);
        message.stranger(source, address, scratch, length);
    }

    private Verdict handOver(Sender sender, long number) {
        boolean alarm = message.has(Lane.ALARM);
        boolean telemetry = message.has(Lane.TELEMETRY);
        if (telemetry && !alarm && sender.takesOnlyAlarms()) {
            return Verdict.NO_ROOM; // beside an alarm it is taken: left, it would bring the alarm again and again
        }
        Sender whole = message.remembering(sender);
        Sender waiting = alarm && telemetry ? new Halves(whole) : whole;
        if (alarm) {
            filled(Lane.ALARM).waits(waiting, number);
        }
        if (telemetry) {
            filled(Lane.TELEMETRY).waits(waiting, number);
        }
        return Verdict.TAKEN;
    }

    private Handover filled(Lane lane) {
        Handover handover = handover(lane);
        for (LogEntry entry : message.entries()) {
            if (entry.event().lane() == lane) {
                handover.add(entry);
            }
        }
        return handover;
    }

    /** Why the message that was last found unusable was. */
    public Reason whyUnusable() {
        return message.unusable();
    }

    /** Whether the log is so far behind that telemetry should stay in the network for a while. */
    public boolean isBehind() {
        return parts.log().backlogBytes(Lane.TELEMETRY) > parts.rules().mostBacklogBytes();
    }

    /** Whether the log has caught up enough to read on. */
    public boolean hasCaughtUp() {
        return parts.log().backlogBytes(Lane.TELEMETRY) < parts.rules().mostBacklogBytes() / 2;
    }

    private void beginTurn() {
        if (!turning) {
            turning = true;
            receivedAt = parts.time().instant().truncatedTo(ChronoUnit.MICROS);
            message.receivedAt(receivedAt);
            loop.execute(this::endTurn); // runs after everything that is readable now has been read
        }
    }

    private void endTurn() {
        turning = false;
        for (Lane lane : LANES) {
            Handover handover = open[lane.ordinal()];
            if (handover != null) {
                open[lane.ordinal()] = null;
                if (lane == Lane.ALARM) {
                    alarms.add(handover);
                }
                parts.log().append(lane, handover.entries(), handover);
            }
        }
    }

    private Handover handover(Lane lane) {
        Handover handover = open[lane.ordinal()];
        if (handover == null) {
            handover = new Handover(loop);
            open[lane.ordinal()] = handover;
        }
        return handover;
    }

    private void tellOfUnstored() {
        while (!alarms.isEmpty() && alarms.peek().isSettled()) {
            alarms.poll();
        }
        long patience = parts.rules().alarmPatience().toNanos();
        for (Handover handover : alarms) {
            handover.tell(parts.unstored(), patience);
        }
    }
}
