package org.anban.simulator.device;

import java.util.List;
import java.util.Map;

/**
 * @param values measured at the moment, by the names of docs/wire.md
 * @param events that happened since the last report, by their wire names, in order
 */
public record Report(Map<String, Object> values, List<String> events) {
    public Report {
        events = List.copyOf(events);
    }
}
