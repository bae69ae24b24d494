package org.anban.alert.rule;

import java.time.Instant;
import java.util.function.Consumer;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.Lane;
import org.anban.contracts.subject.SubjectId;

/**
 * One rule: a function of what was logged, what is remembered of the subject and the registers. It has no clock but
 * the log's, and does nothing besides remembering and speaking.
 */
public interface Rule {
    /** Short and stable: it is part of a signal's id. */
    String name();

    Lane lane();

    /**
     * Judges an entry of its lane.
     *
     * @return whether that settles the entry, so that the rules after it in the list do not see it
     */
    boolean judge(Sighting sighting, SubjectMemory memory, Consumer<AlertSignal> say);

    /**
     * Judges that time has passed, every few seconds of the log's clock.
     *
     * @return whether it changed the memory
     */
    default boolean judge(Moment moment, SubjectId subject, SubjectMemory memory, Consumer<AlertSignal> say) {
        return false;
    }

    /** Takes a sign of life that reached us in the other lane. */
    default void heardElsewhere(SignOfLife sign, SubjectMemory memory, Consumer<AlertSignal> say) {}

    /** That a device of a subject was heard, and when by the log's clock. */
    record SignOfLife(String device, SubjectId subject, Instant at) {}

    /**
     * A moment of the log's clock.
     *
     * @param listeningSince the silence of anything counts from here at the earliest
     * @param held whose silence is not to be spoken of by itself
     */
    record Moment(Instant now, Instant listeningSince, Profiles profiles, Held held) {
        public Moment(Instant now, Instant listeningSince, Profiles profiles) {
            this(now, listeningSince, profiles, device -> false);
        }
    }

    /** Whose silence is part of an outage of many, or may soon turn out to be. */
    @FunctionalInterface
    interface Held {
        boolean holds(String device);
    }
}
