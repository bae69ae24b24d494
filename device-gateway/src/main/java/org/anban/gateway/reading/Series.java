package org.anban.gateway.reading;

import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/** What one device measures of one subject, by their numbers in the database. */
final class Series {
    private final SubjectId of;
    private final int subject;
    private final int device;
    private @Nullable OpenBlock last;

    Series(SubjectId of, int subject, int device) {
        this.of = of;
        this.subject = subject;
        this.device = device;
    }

    boolean isOf(SubjectId who) {
        return of == who || of.equals(who);
    }

    int subject() {
        return subject;
    }

    int device() {
        return device;
    }

    /** The block of this transaction that was added to last; most often the next reading belongs into it, too. */
    @Nullable
    OpenBlock last() {
        return last;
    }

    void last(@Nullable OpenBlock block) {
        last = block;
    }
}
