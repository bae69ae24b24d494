package org.anban.contracts.device;

import java.time.Instant;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/**
 * Whom a device speaks for, from–to.
 *
 * @param from first instant of the interval
 * @param to first instant after it, or null while it lasts
 */
public record Binding(SubjectId subject, Instant from, @Nullable Instant to) {
    public boolean covers(Instant at) {
        return !at.isBefore(from) && (to == null || at.isBefore(to));
    }
}
