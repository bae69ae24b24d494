package org.anban.alert.rule;

import java.time.Instant;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;

/**
 * One entry at its place in the log.
 *
 * @param batch number of the batch
 * @param index place in the batch, from 0
 * @param at the log's clock
 */
public record Sighting(Lane lane, long batch, int index, Instant at, LogEntry entry, Profiles profiles) {
    /** The same for the same entry and rule, whenever it is evaluated. */
    public String signalId(String rule) {
        return lane.name().charAt(0) + "-" + batch + "-" + index + ":" + rule;
    }

    /** Whether the device itself said something; that its connection was lost is said by the gateway. */
    public boolean isSignOfLife() {
        return !(entry.event() instanceof DeviceReport report) || report.kind().isSignOfLife();
    }

    String device() {
        return entry.device().value();
    }
}
