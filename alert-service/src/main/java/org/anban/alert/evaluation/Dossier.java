package org.anban.alert.evaluation;

import org.anban.alert.memory.SubjectMemory;
import org.anban.contracts.subject.SubjectId;

/** A subject's memory in a lane, and whether it has changed since it was saved. */
public final class Dossier {
    private final SubjectId subject;
    private final SubjectMemory memory;
    private boolean changed;

    Dossier(SubjectId subject, SubjectMemory memory) {
        this.subject = subject;
        this.memory = memory;
    }

    public SubjectId subject() {
        return subject;
    }

    public SubjectMemory memory() {
        return memory;
    }

    /** Whether this is the first change since the memory was saved. */
    boolean change() {
        boolean first = !changed;
        changed = true;
        return first;
    }

    void saved() {
        changed = false;
    }
}
