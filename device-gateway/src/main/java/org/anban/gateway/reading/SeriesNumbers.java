package org.anban.gateway.reading;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Small numbers for subjects and devices, given out once and remembered. Of one thread. */
final class SeriesNumbers {
    private final Database database;
    private final Map<SubjectId, Integer> subjects = new HashMap<>();
    private final Map<DeviceId, Integer> devices = new HashMap<>();

    /** By device the series of its present subject, as far as we know. */
    private final Map<DeviceId, Series> series = new HashMap<>();

    SeriesNumbers(Database database) {
        this.database = database;
    }

    /** The series of an entry; null if there is none yet: {@link #learn}. */
    @Nullable
    Series known(LogEntry entry) {
        Series known = series.get(entry.device());
        if (known != null && known.isOf(entry.subject())) {
            return known;
        }
        Integer subject = subjects.get(entry.subject());
        Integer device = devices.get(entry.device());
        if (subject == null || device == null) {
            return null;
        }
        Series other = new Series(entry.subject(), subject, device);
        series.put(entry.device(), other);
        return other;
    }

    /** Gives numbers to those who have none yet. */
    void learn(Collection<LogEntry> entries) {
        Set<SubjectId> newSubjects = new HashSet<>();
        Set<DeviceId> newDevices = new HashSet<>();
        for (LogEntry entry : entries) {
            if (!subjects.containsKey(entry.subject())) {
                newSubjects.add(entry.subject());
            }
            if (!devices.containsKey(entry.device())) {
                newDevices.add(entry.device());
            }
        }
        Map<String, Integer> subjectNumbers = new HashMap<>();
        Map<String, Integer> deviceNumbers = new HashMap<>();
        database.inTransaction(handle -> {
            subjectNumbers.putAll(numbers(
                    handle,
                    "subject",
                    newSubjects.stream().map(SubjectId::toString).sorted().toArray()));
            deviceNumbers.putAll(numbers(
                    handle,
                    "device",
                    newDevices.stream().map(DeviceId::value).sorted().toArray()));
            return null;
        });
        // only now: a number whose transaction was rolled back may be given to somebody else
        subjectNumbers.forEach((name, number) -> subjects.put(SubjectId.parse(name), number));
        deviceNumbers.forEach((name, number) -> devices.put(new DeviceId(name), number));
    }

    void forget() {
        subjects.clear();
        devices.clear();
        series.clear();
    }

    private static Map<String, Integer> numbers(Handle handle, String what, Object[] names) {
        if (names.length == 0) {
            return Map.of();
        }
        String table = "gateway.series_" + what;
        handle.createUpdate("insert into " + table + " (" + what + ") select unnest(:names) on conflict do nothing")
                .bindArray("names", String.class, names)
                .execute();
        Map<String, Integer> found = new HashMap<>();
        handle.createQuery("select " + what + ", number from " + table + " where " + what + " = any(:names)")
                .bindArray("names", String.class, names)
                .map((rs, context) -> found.put(rs.getString(1), rs.getInt(2)))
                .list();
        return found;
    }
}
