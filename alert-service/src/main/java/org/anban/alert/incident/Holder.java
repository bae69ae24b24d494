package org.anban.alert.incident;

import java.time.Instant;

/** The person who has taken an incident. */
public record Holder(String personId, String name, Instant since) {}
