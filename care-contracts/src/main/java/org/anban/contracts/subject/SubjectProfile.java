package org.anban.contracts.subject;

/**
 * What detection rules read of a subject.
 *
 * @param areaPath where it is at home, from wide to narrow; empty if unknown
 */
public record SubjectProfile(SubjectId id, SubjectStatus status, VitalLimits limits, String areaPath) {
    /** Somebody whose home is not known. */
    public SubjectProfile(SubjectId id, SubjectStatus status, VitalLimits limits) {
        this(id, status, limits, "");
    }
}
