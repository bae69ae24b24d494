package org.anban.gateway.presence;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one device.
 *
 * @param relay through whom it was heard; null if it has connections of its own
 * @param connected null if it never had a connection of its own
 * @param changedAt since when it is, or is not
 * @param signals see {@link SignalTimes#toJson}
 */
record PresenceRow(
        String device,
        @Nullable String relay,
        @Nullable Boolean connected,
        @Nullable Instant changedAt,
        Instant heardAt,
        JsonObject signals,
        Sensed sensed,
        Flaps.@Nullable State flaps,
        MayBeLost mayBeLost,
        TakeOvers.@Nullable Clone copied) {
    /** What it said of itself last; null where it never did. */
    record Sensed(@Nullable Integer battery, @Nullable Integer quality, @Nullable Boolean worn) {}

    /** Alarms that were sent without asking for an answer. */
    record MayBeLost(long count, @Nullable Instant at) {}
}
