package org.anban.contracts.access;

import org.anban.contracts.subject.SubjectId;

/** What a resident has agreed that a family member may see. Owned by the care platform. Calls block. */
public interface FamilyAccess {
    /** What consent is given for. */
    enum Scope {
        ALARMS,
        VITALS
    }

    boolean mayRead(Principal family, SubjectId subject, Scope scope);
}
