package org.anban.contracts.incident;

import java.time.Instant;
import java.util.List;
import org.anban.contracts.access.Principal;
import org.anban.contracts.subject.SubjectId;

/** Incidents, as others ask for them. Owned by the alert service. Calls block. */
public interface IncidentFeed {
    /** Newest first, at most 100; open ones whatever their age. */
    List<IncidentSummary> of(SubjectId subject, Instant since);

    /** Opens an incident on a person's word, with the same states, ladder and clock as any other. */
    IncidentSummary openConcern(SubjectId subject, Principal reporter, String words, String commandId);
}
