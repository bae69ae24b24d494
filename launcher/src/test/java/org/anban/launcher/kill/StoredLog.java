package org.anban.launcher.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.launcher.kill.Acknowledged.Alarm;
import org.anban.launcher.kill.Acknowledged.Reading;
import org.anban.log.codec.BatchCodec;

/**
 * The whole log as its tables hold it.
 *
 * @param readings of devices that measure only heart rate, each as often as it is there
 * @param places of each alarm: {@code A-batch-index}, as signals name their cause
 */
record StoredLog(List<Reading> readings, Map<Alarm, List<String>> places, Map<Lane, Long> newest) {
    /** Reads it, and judges that batches are dense and the log's clock never goes back. */
    static StoredLog read(Connection connection) throws SQLException {
        StoredLog log = new StoredLog(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        for (Lane lane : Lane.values()) {
            log.readLane(connection, lane);
        }
        return log;
    }

    private void readLane(Connection connection, Lane lane) throws SQLException {
        String table = "event_log." + lane.name().toLowerCase(Locale.ROOT) + "_batch";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select number, at, body from " + table + " order by number")) {
            long number = 0;
            Instant clock = Instant.EPOCH;
            while (rows.next()) {
                assertThat(rows.getLong(1)).as("batch numbers of %s", lane).isEqualTo(++number);
                Instant at = rows.getTimestamp(2).toInstant();
                assertThat(at).as("the clock of %s", lane).isAfterOrEqualTo(clock);
                clock = at;
                List<LogEntry> entries = BatchCodec.decode(rows.getBytes(3));
                for (int i = 0; i < entries.size(); i++) {
                    add(entries.get(i), lane.name().charAt(0) + "-" + number + "-" + i);
                }
            }
            newest.put(lane, number);
        }
    }

    private void add(LogEntry entry, String place) {
        String device = entry.device().value();
        if (entry.event() instanceof Readings readings && readings.values().has(Signal.HEART_RATE)) {
            Reading reading = new Reading(device, readings.time().at().toEpochMilli());
            assertThat(readings.values().get(Signal.HEART_RATE)).isEqualTo(reading.heartRate());
            this.readings.add(reading);
        } else if (entry.event() instanceof DeviceReport report) {
            Alarm alarm = new Alarm(device, report.kind().wireName(), report.eventId());
            places.computeIfAbsent(alarm, a -> new ArrayList<>()).add(place);
        }
    }

    /** Which signal ids a raise of this alarm may have. */
    List<String> signals(Alarm alarm) {
        return places.getOrDefault(alarm, List.of()).stream()
                .map(place -> place + ":" + alarm.type())
                .collect(Collectors.toList());
    }
}
