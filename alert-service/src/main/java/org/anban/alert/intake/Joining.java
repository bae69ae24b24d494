package org.anban.alert.intake;

import java.time.Instant;
import java.util.UUID;
import org.anban.alert.incident.Clocks;
import org.anban.alert.incident.Holder;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.Standing;
import org.anban.alert.notice.Channel;
import org.anban.alert.notice.Notice;
import org.anban.alert.notice.NoticeStore;
import org.anban.alert.notice.Recipient;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.jdbi.v3.core.Handle;

/** What a signal does to the incident that is open already. */
final class Joining {
    private final Clocks clocks;
    private final NoticeStore notices;

    Joining(Clocks clocks, NoticeStore notices) {
        this.clocks = clocks;
        this.notices = notices;
    }

    /**
     * Lets a signal join.
     *
     * @param before the incident before it was counted
     * @param after the same once it was; answers it as it then is, not yet saved
     */
    Incident join(Handle tx, Incident before, Incident after, AlertSignal signal, Instant now) {
        boolean fresh = !clocks.isDelayed(signal.time());
        Incident joined = fresh && after.standing().marks().delayed()
                ? after.with(after.standing().with(after.standing().marks().withDelayed(false)))
                : after;
        return switch (before.state()) {
            case CANDIDATE -> joinCandidate(tx, joined, signal, now);
            case OPEN -> joinOpen(tx, before, joined, now);
            case TAKEN -> joinTaken(tx, before, joined, signal, now);
            case CANCELLED, CLOSED -> throw new IllegalStateException("nothing joins an ended incident");
        };
    }

    private Incident joinCandidate(Handle tx, Incident joined, AlertSignal signal, Instant now) {
        if (signal.action() == Action.SUSPECT) {
            if (signal.confirmBy() != null) {
                clocks.suspect(tx, joined, signal.confirmBy());
            }
            return joined;
        }
        return clocks.startLadder(tx, joined.with(joined.standing().opened()), now);
    }

    /** The ladder goes on, unless what joined is more urgent, or news where all was old: then it starts again. */
    private Incident joinOpen(Handle tx, Incident before, Incident joined, Instant now) {
        boolean fresher = before.standing().marks().delayed()
                && !joined.standing().marks().delayed();
        boolean higher = joined.priority().isAbove(before.priority());
        return fresher || higher ? clocks.startLadder(tx, joined, now) : joined;
    }

    private Incident joinTaken(Handle tx, Incident before, Incident joined, AlertSignal signal, Instant now) {
        if (signal.confirmBy() != null) {
            clocks.suspect(tx, joined, signal.confirmBy());
            return joined.with(joined.standing().with(joined.standing().marks().withSuspect(true)));
        }
        boolean critical = signal.action() == Action.RAISE && signal.priority().isCritical();
        if (!critical) {
            return joined.priority().isAbove(before.priority()) ? clocks.restartStale(tx, joined, now) : joined;
        }
        Standing ringing = joined.standing()
                .with(joined.standing().marks().withRinging(true).withSuspect(false));
        Holder holder = joined.standing().holder();
        if (holder != null) {
            notices.add(tx, ring(joined, holder, now));
        }
        return clocks.restartStale(tx, joined.with(ringing), now);
    }

    private static Notice ring(Incident incident, Holder holder, Instant now) {
        return Notice.ready(
                UUID.randomUUID().toString(),
                incident.id(),
                Channel.CONSOLE,
                new Recipient(holder.personId(), holder.name(), ""),
                new Notice.Matter(
                        "joined",
                        incident.priority(),
                        incident.kind(),
                        incident.label().areaPath()),
                "joined since you took it: " + incident.kind(),
                now);
    }
}
