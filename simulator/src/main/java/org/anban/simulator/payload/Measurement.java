package org.anban.simulator.payload;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a device measured at one instant of its own clock.
 *
 * @param values by the names of docs/wire.md: numbers, or {@code Boolean} for yes and no
 */
public record Measurement(Instant at, Map<String, Object> values) {
    public Measurement {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach((name, value) -> {
            if (!(value instanceof Number || value instanceof Boolean)) {
                throw new IllegalArgumentException(name + " is neither a number nor yes or no");
            }
        });
    }
}
