package org.anban.gateway.will;

import io.netty.channel.EventLoop;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.anban.gateway.session.Session;
import org.anban.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wills of devices whose connection was lost. Whatever a will says, it becomes one {@link ReportKind#CONNECTION_LOST}
 * in the log: at once, or when its delay is over or the session has ended, if the device is not back by then. It is never
 * an alarm: it is we who say it, and what it says was written before anything happened. May be called from any thread.
 */
public final class Wills {
    private static final Logger log = LoggerFactory.getLogger(Wills.class);

    /** A client may ask for 136 years, and each will that waits costs memory. */
    private static final long LONGEST_DELAY_SECONDS = TimeUnit.HOURS.toSeconds(1);

    /**
     * A connection that was lost.
     *
     * @param epoch what of the session it belonged to
     * @param delaySeconds how long the will waits for the device to come back
     */
    public record Loss(Session session, int epoch, long delaySeconds) {}

    private final EventLog events;
    private final InstantSource time;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    public Wills(EventLog events, InstantSource time) {
        this.events = events;
        this.time = time;
    }

    /** A connection with a will has ended without a good-bye; the session knows of it. */
    public void lost(Loss loss, EventLoop loop) {
        Session session = loss.session();
        Pending will = new Pending(session.profile(), instant());
        long delay = Math.min(LONGEST_DELAY_SECONDS, Math.min(loss.delaySeconds(), session.expirySeconds()));
        if (delay == 0 || session.epoch() != loss.epoch()) {
            will.tell();
            return;
        }
        Pending before = pending.put(session.device(), will);
        if (before != null) {
            before.drop();
        }
        will.wakes(loop.schedule(() -> due(session.device(), will), delay, TimeUnit.SECONDS));
        if (session.isConnected()) { // it came back meanwhile, through another event loop
            pending.remove(session.device(), will);
            will.drop();
        }
    }

    private void due(String device, Pending will) {
        pending.remove(device, will);
        will.tell();
    }

    /**
     * A device is connected.
     *
     * @param goesOn whether with the session that it had; else that one has ended, and its will is due
     */
    public void back(String device, boolean goesOn) {
        Pending will = pending.remove(device);
        if (will == null) {
            return;
        }
        if (goesOn) {
            will.drop();
        } else {
            will.tell();
        }
    }

    /** We stop: what waits is told now, since nobody would remember it. */
    public void tellAll() {
        pending.values().forEach(Pending::tell);
        pending.clear();
    }

    private Instant instant() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A will that is told once or not at all. */
    private final class Pending {
        private final DeviceProfile device;
        private final Instant lostAt;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile @Nullable Future<?> timer;

        Pending(DeviceProfile device, Instant lostAt) {
            this.device = device;
            this.lostAt = lostAt;
        }

        /** What will wake it; it may be over already, through another thread. */
        void wakes(Future<?> when) {
            timer = when;
            if (over.get()) {
                when.cancel(false);
            }
        }

        void drop() {
            end();
        }

        /** It waits no more; false if it did not. */
        private boolean end() {
            boolean ends = over.compareAndSet(false, true);
            Future<?> waiting = timer;
            if (ends && waiting != null) {
                waiting.cancel(false);
            }
            return ends;
        }

        void tell() {
            if (!end()) {
                return;
            }
            EventTime when = new EventTime(lostAt, instant(), null);
            DeviceReport report = new DeviceReport(when, ReportKind.CONNECTION_LOST, "", lostAt.toEpochMilli(), null);
            LogEntry entry = new LogEntry(device.id(), device.subjectAt(lostAt), report);
            events.append(Lane.TELEMETRY, List.of(entry), this::told);
        }

        private void told(EventLog.Outcome outcome) {
            if (outcome == EventLog.Outcome.REFUSED) {
                log.warn("the log took no note of the lost connection of {}", device.id());
            }
        }
    }
}
