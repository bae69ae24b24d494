package org.anban.platform.session;

import java.time.Instant;

/**
 * One login.
 *
 * @param staff lives by the terms of staff
 */
record Session(String id, String person, boolean staff, Instant createdAt, Instant lastUsedAt, Instant expiresAt) {}
