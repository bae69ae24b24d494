package org.anban.gateway.inlet;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.Line;
import org.anban.contracts.device.Standing;
import org.anban.gateway.intake.Intake;
import org.anban.gateway.intake.Sender;
import org.anban.gateway.intake.Verdict;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.source.Quota;
import org.anban.gateway.source.Source;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into the intake for whatever is not an MQTT connection of ours: another broker, a vendor's cloud. Who hands a
 * message in vouches for the device (a broker authenticated it, a signature was checked); the inlet asks the register
 * whether there is such a device, decodes, takes its quota (never of alarms), and answers once the log has it.
 *
 * <p>{@link #take} may be called from any thread and never blocks. Messages of one device go to the log in the order in
 * which one thread handed them in. What waits is bounded in count and bytes: above that the answer is {@code BUSY}.
 */
public final class Inlet implements AutoCloseable {
    /** What it stands on. */
    public record Parts(Intake.Parts intake, DeviceDirectory directory, Quota.Limit quota, InletLimits limits) {}

    /** Which message it is, by what the register says of whoever sends it. */
    @FunctionalInterface
    public interface Where {
        /** On the event loop; null if the sender has no such messages. */
        @Nullable
        Address address(DeviceProfile sender);
    }

    /** One message until it is answered. */
    private record Handed(DeviceId device, Where where, boolean mayHoldAlarm, byte[] payload, Bringer bringer) {}

    /** How long an alarm of somebody who is not on a list waits for a register that is silent, before it is shown. */
    private static final long PATIENCE_MILLIS = 2_000;

    private static final DeviceModel UNKNOWN = new DeviceModel("unknown", "unknown", false, Duration.ofMinutes(5));
    private static final Logger log = LoggerFactory.getLogger(Inlet.class);

    private final EventLoop loop;
    private final Intake intake;
    private final Parts parts;
    private final KnownDevices devices;
    private final Waiting waiting = new Waiting();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean closed;

    private Inlet(EventLoop loop, Parts parts, MeterRegistry metrics) {
        this.loop = loop;
        this.parts = parts;
        this.intake = new Intake(loop, parts.intake());
        this.devices = new KnownDevices(loop, parts.directory(), parts.quota(), metrics);
        Gauge.builder("anban.gateway.inlet.waiting", messages, AtomicInteger::get)
                .register(metrics);
    }

    /** Opens it on one of the event loops, which must live longer than the log. */
    public static Inlet open(Vertx vertx, Parts parts) {
        EventLoop loop = ((VertxInternal) vertx).createEventLoopContext().nettyEventLoop();
        return new Inlet(loop, parts, parts.intake().metrics());
    }

    /**
     * Takes one message in that is about the device itself.
     *
     * @return whether it was let in, see {@link #take(String, Address, byte[], Bringer)}
     */
    public boolean take(String device, Topic topic, byte[] payload, Bringer bringer) {
        return take(device, topic.address(), payload, bringer);
    }

    /**
     * Takes one message in.
     *
     * @param device the id of whoever sends it (a relay or an account may speak for those on its list) as it was named; one that the register does not know is set aside
     * @param payload not kept once answered; not to be changed before
     * @return whether it was let in; if not, the bringer was told why, and should hand in nothing that came later
     */
    public boolean take(String device, Address address, byte[] payload, Bringer bringer) {
        return take(device, sender -> address, address.channel().mayHoldAlarm(), payload, bringer);
    }

    /**
     * Takes one message in of which only the sender's model says what it is.
     *
     * @return whether it was let in, see {@link #take(String, Address, byte[], Bringer)}
     */
    public boolean take(String device, Where where, byte[] payload, Bringer bringer) {
        return take(device, where, true, payload, bringer);
    }

    private boolean take(String device, Where where, boolean mayHoldAlarm, byte[] payload, Bringer bringer) {
        if (closed) {
            bringer.answered(Answer.REFUSED);
            return false;
        }
        if (!DeviceId.isOne(device)) {
            parts.intake().setAsides().count(SetAsides.OTHERS, Reason.UNKNOWN_DEVICE, "\"" + device + "\"");
            bringer.answered(Answer.setAside(Reason.UNKNOWN_DEVICE));
            return true;
        }
        if (!hasRoom(mayHoldAlarm ? 2 : 1, payload.length)) {
            bringer.answered(Answer.BUSY);
            return false;
        }
        messages.incrementAndGet();
        bytes.addAndGet(payload.length);
        Handed handed = new Handed(new DeviceId(device), where, mayHoldAlarm, payload, bringer);
        loop.execute(() -> arrived(handed));
        return true;
    }

    private void arrived(Handed handed) {
        if (closed) {
            answer(handed, Answer.REFUSED);
            return;
        }
        long now = System.nanoTime();
        devices.find(handed.device(), source -> {
            if (source == null && handed.mayHoldAlarm()) {
                devices.afresh(handed.device(), now, asked -> found(handed, asked, now));
            } else {
                found(handed, source, now);
            }
        });
    }

    private boolean hasRoom(int times, int length) {
        return messages.get() < (long) times * parts.limits().messages()
                && bytes.get() + length <= times * parts.limits().bytes();
    }

    private void found(Handed handed, @Nullable Source source, long sinceNanos) {
        if (source != null) {
            if (answer(handed, source, false)) {
                askForList(handed, source, sinceNanos);
            }
        } else if (closed) {
            answer(handed, Answer.REFUSED);
        } else {
            parts.intake().setAsides().count(SetAsides.OTHERS, Reason.UNKNOWN_DEVICE, "\"" + handed.device() + "\"");
            show(handed);
            answer(handed, Answer.setAside(Reason.UNKNOWN_DEVICE));
        }
    }

    /** Somebody is not on the list as we know it and may need help: judged again when the register has spoken, or is silent. */
    private void askForList(Handed handed, Source before, long sinceNanos) {
        AtomicBoolean judged = new AtomicBoolean();
        Consumer<@Nullable Source> again = now -> {
            if (!judged.getAndSet(true)) {
                if (now == null && closed) {
                    answer(handed, Answer.REFUSED);
                } else {
                    answer(handed, now == null ? before : now, true);
                }
            }
        };
        devices.afresh(handed.device(), sinceNanos, again);
        loop.schedule(() -> again.accept(before), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Nobody knows the device; if it reports an alarm, somebody may need help all the same. */
    private void show(Handed handed) {
        DeviceProfile stranger = new DeviceProfile(handed.device(), UNKNOWN, Standing.IN_USE, Line.OWN, List.of());
        Address address = handed.mayHoldAlarm() ? handed.where().address(stranger) : null;
        if (address != null) {
            Source source = new Source(stranger, new Quota(parts.quota(), System.nanoTime()));
            try {
                intake.stranger(source, address, Unpooled.wrappedBuffer(handed.payload()));
            } catch (RuntimeException e) {
                log.error("a message of {}, whom nobody knows, cannot be read", handed.device(), e);
            }
        }
    }

    /** Answers it, or says that the register is to be asked for the list first. */
    private boolean answer(Handed handed, Source source, boolean sure) {
        Address address = handed.where().address(source.profile());
        if (!source.profile().standing().mayConnect()) {
            answer(handed, setAside(source, Reason.BLOCKED));
        } else if (address == null) {
            answer(handed, setAside(source, Reason.OTHERS_TOPIC));
        } else {
            return judge(handed, source, address, sure);
        }
        return false;
    }

    private Answer setAside(Source source, Reason reason) {
        parts.intake().setAsides().count(source.device(), reason, "");
        return Answer.setAside(reason);
    }

    /** Whether it is to be judged again. */
    private boolean judge(Handed handed, Source source, Address address, boolean sure) {
        long number = waiting.add(handed, sure);
        Verdict verdict;
        try {
            verdict = intake.take(waiting, number, source, address, Unpooled.wrappedBuffer(handed.payload()));
        } catch (RuntimeException e) { // a fault of ours must not stop whoever waits for the answer
            log.error("a message of {} cannot be judged", source.device(), e);
            parts.intake().setAsides().count(source.device(), Reason.UNPARSEABLE, e.toString());
            waiting.forget(number);
            answer(handed, Answer.setAside(Reason.UNPARSEABLE));
            return false;
        }
        if (verdict != Verdict.TAKEN) {
            waiting.forget(number);
        }
        if (verdict != Verdict.TAKEN && verdict != Verdict.UNSURE) {
            answer(handed, answer(verdict));
        }
        return verdict == Verdict.UNSURE;
    }

    private Answer answer(Verdict verdict) {
        return switch (verdict) {
            case TAKEN, NOTHING -> Answer.COMMITTED;
            case NO_ROOM, UNSURE -> Answer.BUSY;
            case UNUSABLE -> Answer.setAside(intake.whyUnusable());
            case UNLISTED -> Answer.setAside(Reason.UNLISTED);
            case OVER_QUOTA -> Answer.setAside(Reason.OVER_QUOTA);
        };
    }

    private void answer(Handed handed, Answer answer) {
        messages.decrementAndGet();
        bytes.addAndGet(-handed.payload().length);
        handed.bringer().answered(answer);
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return devices.problem(limit);
    }

    /** Takes nothing more. What is on its way into the log is answered still; what waits for the register is refused. */
    @Override
    public void close() {
        closed = true;
        devices.close();
        loop.execute(devices::giveUp);
    }

    /** The messages that the log has and has not answered. Confined to the event loop. */
    private final class Waiting implements Sender {
        private final Map<Long, Handed> handed = new HashMap<>();
        private long last;
        private boolean inTurn;
        private boolean sure;

        /** It is judged now. */
        long add(Handed message, boolean known) {
            sure = known;
            inTurn = message.bringer().isInTurn();
            handed.put(++last, message);
            return last;
        }

        void forget(long number) {
            handed.remove(number);
        }

        @Override
        public boolean takesOnlyAlarms() {
            return !inTurn
                    || handed.size() > parts.limits().messages()
                    || bytes.get() > parts.limits().bytes()
                    || intake.isBehind();
        }

        @Override
        public boolean isSure(long message) {
            return sure;
        }

        @Override
        public boolean comesBack(long message) {
            Handed of = handed.get(message);
            return of == null || of.bringer().comesBack();
        }

        @Override
        public void settled(long message, EventLog.Outcome outcome) {
            Handed of = handed.remove(message);
            if (of != null) {
                answer(of, outcome == EventLog.Outcome.COMMITTED ? Answer.COMMITTED : Answer.REFUSED);
            }
        }

        @Override
        public void answered() {
            // each message was answered by itself
        }
    }
}
