package org.anban.alert.incident;

import java.time.Instant;
import org.anban.contracts.error.CareException;
import org.anban.contracts.incident.Priority;
import org.jspecify.annotations.Nullable;

/**
 * How an incident stands. Every change makes a new one; those that a person must have seen before acting count up the
 * version.
 *
 * @param holder who has taken it; null if nobody has
 * @param run counts up whenever its clocks are held, restarted or ended; a deadline of an older run has no effect
 * @param staleAt when it opens again if nothing is recorded; null if never
 * @param joined signals that joined since it opened
 * @param ending null while it lasts
 */
public record Standing(
        IncidentState state,
        Priority priority,
        Marks marks,
        @Nullable Holder holder,
        int run,
        @Nullable Instant staleAt,
        int joined,
        int version,
        @Nullable Ending ending) {

    /**
     * What is true of it besides its state.
     *
     * @param delayed everything we know of it is old news
     * @param suspect silence will confirm it
     * @param looked a person has seen or taken it
     * @param ringing something critical joined after it was taken, and nobody has reacted yet
     * @param labelled its name and area are known
     */
    public record Marks(boolean delayed, boolean suspect, boolean looked, boolean ringing, boolean labelled) {
        public Marks withDelayed(boolean value) {
            return new Marks(value, suspect, looked, ringing, labelled);
        }

        public Marks withSuspect(boolean value) {
            return new Marks(delayed, value, looked, ringing, labelled);
        }

        public Marks withLooked() {
            return new Marks(delayed, suspect, true, ringing, labelled);
        }

        public Marks withRinging(boolean value) {
            return new Marks(delayed, suspect, looked, value, labelled);
        }

        public Marks withLabelled() {
            return new Marks(delayed, suspect, looked, ringing, true);
        }
    }

    /** How and by whom it was ended; nobody's id if the wearer cancelled. */
    public record Ending(Instant at, @Nullable String personId, String disposition) {}

    public static Standing fresh(IncidentState state, Priority priority, Marks marks) {
        return new Standing(state, priority, marks, null, 0, null, 0, 1, null);
    }

    public Standing changed() {
        return new Standing(state, priority, marks, holder, run, staleAt, joined, version + 1, ending);
    }

    public Standing with(Marks next) {
        return new Standing(state, priority, next, holder, run, staleAt, joined, version, ending);
    }

    public Standing with(Priority next) {
        return new Standing(state, next, marks, holder, run, staleAt, joined, version, ending);
    }

    /** A new run of its clocks. */
    public Standing withRun(@Nullable Instant nextStaleAt) {
        return new Standing(state, priority, marks, holder, run + 1, nextStaleAt, joined, version, ending);
    }

    public Standing opened() {
        Marks sure = marks.withSuspect(false).withRinging(false);
        return moved(IncidentState.OPEN).with(sure).heldBy(null);
    }

    public Standing taken(Holder by) {
        return moved(IncidentState.TAKEN)
                .with(marks.withLooked().withRinging(false))
                .heldBy(by);
    }

    public Standing ended(IncidentState last, Ending how) {
        Standing moved = moved(last);
        return new Standing(
                last, moved.priority, marks.withRinging(false), holder, run + 1, null, joined, version, how);
    }

    private Standing moved(IncidentState next) {
        boolean withdrawn = state == IncidentState.OPEN && next == IncidentState.CANCELLED;
        if (!state.mayMoveTo(next) || withdrawn && priority != Priority.P4) {
            throw CareException.conflict("an incident that is " + state + " cannot become " + next);
        }
        return new Standing(next, priority, marks, holder, run, staleAt, joined, version, ending);
    }

    private Standing heldBy(@Nullable Holder by) {
        return new Standing(state, priority, marks, by, run, staleAt, joined, version, ending);
    }
}
