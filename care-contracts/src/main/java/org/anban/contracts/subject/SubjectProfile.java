package org.anban.contracts.subject;

/** What detection rules read of a subject. */
public record SubjectProfile(SubjectId id, SubjectStatus status, VitalLimits limits) {}
