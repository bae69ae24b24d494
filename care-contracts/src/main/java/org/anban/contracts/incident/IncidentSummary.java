package org.anban.contracts.incident;

import java.time.Instant;
import org.anban.contracts.subject.SubjectId;

/**
 * What other services may know of an incident.
 *
 * @param state {@code CANDIDATE}, {@code OPEN}, {@code TAKEN}, {@code CANCELLED} or {@code CLOSED}
 */
public record IncidentSummary(
        String id, SubjectId subject, IncidentKind kind, Priority priority, String state, Instant openedAt) {}
