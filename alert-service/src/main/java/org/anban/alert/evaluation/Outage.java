package org.anban.alert.evaluation;

import java.time.Instant;
import java.util.List;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/**
 * A time in which we did not listen.
 *
 * @param batch number of the telemetry batch that ended it
 * @param checks everybody who was heard in the hour before it
 */
public record Outage(long batch, Instant from, Instant to, List<Check> checks) {
    public Outage {
        checks = List.copyOf(checks);
    }

    /** Those who have not been heard since: whom to check. */
    public List<Check> open() {
        return checks.stream().filter(check -> check.heardAgain() == null).toList();
    }

    /** Somebody who was heard before the outage, and when they were heard again. */
    public record Check(SubjectId subject, Instant heardBefore, @Nullable Instant heardAgain) {}
}
