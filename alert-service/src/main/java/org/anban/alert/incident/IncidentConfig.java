package org.anban.alert.incident;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.anban.contracts.incident.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an incident's life.
 *
 * @param delayedAfter an alarm that took longer to reach us opens as delayed
 * @param staleAfter how long a taken incident may go without a record; a priority that is absent never goes stale
 */
public record IncidentConfig(Duration delayedAfter, Map<Priority, Duration> staleAfter) {
    public static final IncidentConfig DEFAULT = new IncidentConfig(
            Duration.ofMinutes(30),
            Map.of(
                    Priority.P0, Duration.ofSeconds(120),
                    Priority.P1, Duration.ofSeconds(180),
                    Priority.P2, Duration.ofMinutes(15)));

    public IncidentConfig {
        staleAfter = Map.copyOf(staleAfter.isEmpty() ? Map.of() : new EnumMap<>(staleAfter));
    }

    @Nullable
    Duration staleAfter(Priority priority) {
        return staleAfter.get(priority);
    }
}
