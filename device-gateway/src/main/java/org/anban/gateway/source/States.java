package org.anban.gateway.source;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.anban.contracts.event.ReportKind;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of itself with every message while it lasts (there is smoke, the door is open): reported when it
 * begins, and as a reminder from time to time. It counts as reported when the report is durable, and not before: what was
 * lost is said again. As many are remembered as the device's family has fields for.
 */
public final class States {
    /** How long a state that lasts is not reported again. */
    public static final Duration REMINDER = Duration.ofMinutes(10);

    /** A report that is being made. */
    public static final class Told {
        private final ReportKind kind;
        private final Instant at;
        private volatile boolean durable;

        private Told(ReportKind kind, Instant at) {
            this.kind = kind;
            this.at = at;
        }

        /** It is in the log. */
        public void durable() {
            durable = true;
        }

        private boolean stillHolds(ReportKind now, Instant when) {
            return durable && kind == now && (!isReminded() || when.isBefore(at.plus(REMINDER)));
        }

        private boolean isReminded() {
            return kind != ReportKind.DOOR_OPENED && kind != ReportKind.DOOR_CLOSED;
        }
    }

    private Map<String, Told> told = Map.of();

    /** The device is in this state; null if that was reported already, else a report that is to be made. */
    public synchronized @Nullable Told tell(String field, ReportKind kind, Instant now) {
        Told last = told.get(field);
        if (last != null && last.stillHolds(kind, now)) {
            return null;
        }
        if (told.isEmpty()) {
            told = new HashMap<>(2);
        }
        Told next = new Told(kind, now);
        told.put(field, next);
        return next;
    }

    /** It is over. */
    public synchronized void ended(String field) {
        if (!told.isEmpty()) {
            told.remove(field);
        }
    }
}
