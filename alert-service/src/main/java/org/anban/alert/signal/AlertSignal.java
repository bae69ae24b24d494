package org.anban.alert.signal;

import java.time.Instant;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says. The same id is never acted on twice.
 *
 * @param id derived from the log entries that caused it, so that a replay says the same
 * @param device the device that caused it; null if none did
 * @param text what happened, in words an operator can read out; no name, no telephone number
 * @param confirmBy for {@link Action#SUSPECT}: when silence confirms it
 * @param ladderNote what the operator should know of the circumstances, such as whom the device was bound to at the
 *     time of the event; empty if nothing
 */
public record AlertSignal(
        String id,
        Action action,
        SubjectId subject,
        IncidentKind kind,
        Priority priority,
        EventTime time,
        @Nullable String device,
        String text,
        @Nullable Instant confirmBy,
        String ladderNote) {
    /** What a signal asks for. */
    public enum Action {
        /** Open an incident, or join the open one; a critical one rings. */
        RAISE,
        /** Open a candidate that silence confirms at {@code confirmBy}; joins what is open. */
        SUSPECT,
        /** The wearer cancelled: ends a candidate, is only told to a person who has taken it. */
        CANCEL,
        /** What was said is part of something larger: ends an incident of P4 that nobody has taken, else is told. */
        WITHDRAW,
        /** Worth an entry in the story of the open incident, if there is one; opens and rings nothing. */
        NOTE;

        /** Whether somebody must look if it cannot be acted on. */
        public boolean mayNeedSomebody() {
            return this != NOTE && this != WITHDRAW;
        }
    }

    /** The same of another kind. */
    public AlertSignal about(IncidentKind other) {
        return new AlertSignal(id, action, subject, other, priority, time, device, text, confirmBy, ladderNote);
    }

    public AlertSignal {
        if (id.isEmpty() || id.length() > 200) {
            throw new IllegalArgumentException("signal id: 1 to 200 characters");
        }
        if ((action == Action.SUSPECT) != (confirmBy != null)) {
            throw new IllegalArgumentException(
                    "a suspicion, and nothing else, has a time at which silence confirms it");
        }
    }
}
