package org.anban.launcher.kill;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What devices were told is durable, and what they were told besides. Thread-safe. */
final class Acknowledged {
    /** A reading: no device measures twice in one millisecond. */
    record Reading(String device, long atMillis) {
        /** Follows from the time, so that a stored reading can be judged. */
        int heartRate() {
            return 60 + (int) (atMillis % 40);
        }
    }

    /** An alarm, by the device's own id of it. */
    record Alarm(String device, String type, String id) {}

    private final Set<Reading> readings = ConcurrentHashMap.newKeySet();
    private final Set<Alarm> alarms = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicInteger> connects = new ConcurrentHashMap<>();
    private final AtomicInteger lostSessions = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();

    void add(Reading reading) {
        readings.add(reading);
    }

    void add(Alarm alarm) {
        alarms.add(alarm);
    }

    /** A CONNECT was answered with this code. */
    void answered(int code) {
        connects.computeIfAbsent(code, c -> new AtomicInteger()).incrementAndGet();
    }

    /** The server did not remember a session that it had granted. */
    void sessionLost() {
        lostSessions.incrementAndGet();
    }

    /** Something was sent again after a reconnection. */
    void repeated() {
        repeats.incrementAndGet();
    }

    Set<Reading> readings() {
        return Set.copyOf(readings);
    }

    Set<Alarm> alarms() {
        return Set.copyOf(alarms);
    }

    int count() {
        return readings.size() + alarms.size();
    }

    int connects(int code) {
        AtomicInteger count = connects.get(code);
        return count == null ? 0 : count.get();
    }

    int lostSessions() {
        return lostSessions.get();
    }

    @Override
    public String toString() {
        return readings.size() + " readings and " + alarms.size() + " alarms acknowledged, " + repeats
                + " sent again, answers to CONNECT " + new TreeMap<>(connects);
    }
}
