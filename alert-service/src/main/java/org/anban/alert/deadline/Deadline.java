package org.anban.alert.deadline;

import java.time.Instant;
import org.anban.contracts.incident.Priority;

/**
 * A duty of ours towards an incident. Rows are added and claimed, never changed: whoever holds, restarts or ends a
 * clock gives the incident a new run, and a row of an older run has no effect. So nobody who has locked an incident
 * ever waits for one who has claimed a deadline.
 *
 * @param step position in the ladder, or -1 - position where only the register is asked again; 0 for the other kinds
 * @param run the run of the incident's clocks that it belongs to
 */
public record Deadline(String incidentId, DeadlineKind kind, int step, int run, Priority priority, Instant dueAt) {}
