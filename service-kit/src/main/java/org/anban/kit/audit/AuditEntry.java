package org.anban.kit.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One read or act.
 *
 * @param roles the roles the person had then, comma separated
 * @param subject whom it was about, or null
 * @param detail an id or a reason
 */
public record AuditEntry(
        Instant at,
        String personId,
        String sessionId,
        String roles,
        String action,
        @Nullable String subject,
        String detail) {}
