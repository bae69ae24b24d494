package org.anban.alert.dispatch;

import java.time.Instant;
import org.anban.contracts.subject.Responder;

/** Somebody on the way to a home. */
public record Dispatch(
        String id,
        String incidentId,
        String caseId,
        Responder responder,
        DispatchState state,
        Instant createdAt,
        Instant changedAt) {}
