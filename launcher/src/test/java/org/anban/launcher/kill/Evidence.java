package org.anban.launcher.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.Signal;
import org.anban.gateway.block.BlockReader;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.kill.Acknowledged.Alarm;
import org.anban.launcher.kill.Acknowledged.Reading;

/** What must be true in the database after whatever happened, while a system runs on it. */
final class Evidence {
    private static final String STILL_TRUE = "exists (select 1 from alert.incident i where i.id = notice.incident"
            + " and i.state = 'OPEN' and starts_with(notice.purpose, 'ladder-' || i.clock_run || ':'))";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Connection connection;

    Evidence(Connection connection) {
        this.connection = connection;
    }

    /** Every consumer has applied everything that is in the log now. */
    void everyConsumerCatchesUp() {
        Eventually.until("consumers catch up", LIMIT, () -> {
            long alarm = number("select max(number) from event_log.alarm_batch");
            long telemetry = number("select max(number) from event_log.telemetry_batch");
            Eventually.until(
                    "positions reach " + alarm + " and " + telemetry,
                    LIMIT,
                    () -> number(position("detector-" + Lane.ALARM)) >= alarm
                            && number(position("detector-" + Lane.TELEMETRY)) >= telemetry
                            && number("select position from gateway.consumer where consumer = 'reading-store'")
                                    >= telemetry);
            return true;
        });
    }

    private static String position(String consumer) {
        return "select position from alert.lane_position where consumer = '" + consumer + "'";
    }

    StoredLog everythingAcknowledgedIsInTheLog(Acknowledged acknowledged) throws SQLException {
        Set<Reading> readings = acknowledged.readings();
        Set<Alarm> alarms = acknowledged.alarms();
        StoredLog log = StoredLog.read(connection);
        assertThat(minus(readings, log.readings()))
                .as("acknowledged readings that are not in the log")
                .isEmpty();
        assertThat(minus(alarms, log.places().keySet()))
                .as("acknowledged alarms that are not in the log")
                .isEmpty();
        return log;
    }

    /** Each entry of the log once: no row is missing and none is there twice. */
    void readingsAreStoredAsTheyAreInTheLog(StoredLog log) throws SQLException {
        Map<Reading, Integer> stored = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select d.device, r.hour, r.body from gateway.reading_block r"
                        + " join gateway.series_device d on d.number = r.device_no")) {
            while (rows.next()) {
                BlockReader block = new BlockReader(rows.getTimestamp(2).toInstant(), rows.getBytes(3));
                while (block.next()) {
                    count(rows.getString(1), block, stored);
                }
            }
        }
        Map<Reading, Integer> logged = new HashMap<>();
        log.readings().forEach(reading -> logged.merge(reading, 1, Integer::sum));
        assertThat(minus(logged.entrySet(), stored.entrySet()))
                .as("in the log and not stored so often")
                .isEmpty();
        assertThat(minus(stored.entrySet(), logged.entrySet()))
                .as("stored and not in the log so often")
                .isEmpty();
    }

    private static void count(String device, BlockReader block, Map<Reading, Integer> stored) {
        if (!Double.isNaN(block.value(Signal.HEART_RATE))) {
            Reading reading = new Reading(device, block.at().toEpochMilli());
            assertThat(block.value(Signal.HEART_RATE)).isEqualTo(reading.heartRate());
            stored.merge(reading, 1, Integer::sum);
        }
    }

    /** However often it was sent and evaluated, an alarm raised one signal, and that belongs to one incident. */
    void everyAlarmHasExactlyOneIncident(StoredLog log) throws SQLException {
        Set<String> raised = new HashSet<>(texts(
                "select id from alert.signal where incident is not null" + " and action in ('RAISE', 'SUSPECT')"));
        Map<Alarm, List<String>> wrong = new HashMap<>();
        for (Alarm alarm : log.places().keySet()) {
            List<String> signals =
                    log.signals(alarm).stream().filter(raised::contains).toList();
            if (signals.size() != 1) {
                wrong.put(alarm, signals);
            }
        }
        assertThat(wrong).as("alarms with no signal, or with several").isEmpty();
    }

    void eachHasOneIncident(Set<String> subjects, String kind) throws SQLException {
        Map<String, Long> counts = texts("select subject from alert.incident where kind = '" + kind + "'").stream()
                .filter(subjects::contains)
                .collect(Collectors.groupingBy(subject -> subject, Collectors.counting()));
        Map<String, Long> one = new HashMap<>();
        subjects.forEach(subject -> one.put(subject, 1L));
        assertThat(counts).isEqualTo(one);
    }

    /** What a person closed stayed as it was in that moment, and was closed once. */
    void whatWasClosedStayedClosed(Map<String, Integer> closed) throws SQLException {
        Set<String> states = new HashSet<>(
                texts("select id || ' CLOSED ' || version from alert.incident" + " where state = 'CLOSED'"));
        Set<String> told = closed.entrySet().stream()
                .map(each -> each.getKey() + " CLOSED " + each.getValue())
                .collect(Collectors.toSet());
        assertThat(minus(told, states)).as("closed, and changed since").isEmpty();
        nothing("select incident from alert.story where kind = 'CLOSED' group by 1 having count(*) > 1");
        nothing("select s.incident || ' ' || s.kind from alert.story s join alert.story c on c.incident = s.incident"
                + " and c.kind = 'CLOSED' and s.id > c.id");
    }

    /** A command that was repeated until it was answered had one effect. */
    void everyTakeIsToldOnce(Map<String, Integer> taken) throws SQLException {
        Set<String> stories = new HashSet<>(texts("select incident || ' ' || count(*) from alert.story"
                + " where kind in ('TAKEN', 'TAKEN_OVER') group by incident"));
        Set<String> told = taken.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.toSet());
        assertThat(minus(told, stories))
                .as("taken so often, and told otherwise")
                .isEmpty();
    }

    void noDeadlineIsLost() throws SQLException {
        String missing = "select i.id || ' ' || i.state || ' ' || i.priority from alert.incident i where %s and not"
                + " exists (select 1 from alert.deadline d where d.incident = i.id and d.kind = '%s' and %s)";
        String ofThisRun = "d.run = i.clock_run";
        nothing(missing.formatted("i.state = 'OPEN' and i.priority in ('P0', 'P1', 'P2', 'P3')", "STEP", ofThisRun));
        nothing(missing.formatted("i.state = 'TAKEN' and i.priority in ('P0', 'P1', 'P2')", "STALE", ofThisRun));
        nothing(missing.formatted("i.state = 'CANDIDATE'", "CONFIRM", "true"));
        Eventually.until(
                "what is due is done",
                () -> number("select count(*) from alert.deadline where due_at < '" + secondsAgo(3) + "'") == 0);
    }

    /** No step of a ladder twice in one run, but for its repeat; no suspicion confirmed twice. */
    void noDeadlineActedTwice() throws SQLException {
        nothing("select incident || ' ' || (data ->> 'run') || ' ' || (data ->> 'step') from alert.story"
                + " where kind = 'STEP' and data ->> 'step' not in ('everybody', 'again')"
                + " and data ->> 'step' not like 'look-before-%' group by incident, data ->> 'run', data ->> 'step'"
                + " having count(*) > 1");
        nothing("select s.incident from alert.story s where s.kind = 'CONFIRMED' group by 1 having count(*) >"
                + " (select count(*) from alert.signal g where g.incident = s.incident and g.action = 'SUSPECT')");
    }

    /**
     * Each ring that a story tells of has its notices, and each of these is sent, or withdrawn because somebody took the
     * case. What may have been sent when its sender died stays unknown once it is no longer true.
     *
     * @param rang ids of the notices that the provider has taken so far
     */
    void noNoticeIsLost(Supplier<Set<String>> rang) throws SQLException {
        nothing("select s.incident || ' ' || s.text from alert.story s where s.kind = 'STEP'"
                + " and s.data ->> 'state' = 'sent' and substring(s.text from 'rang ([0-9]+)')::int <>"
                + " (select count(*) from alert.notice n where n.incident = s.incident and n.created_at = s.at"
                + " and n.purpose = 'ladder-' || (s.data ->> 'run') || ':' || (s.data ->> 'step'))");
        Eventually.until(
                "all that was due to telephones is sent",
                LIMIT,
                () -> number("select count(*) from alert.notice where channel = 'webhook' and created_at < '"
                                + secondsAgo(5) + "' and (state in ('ready', 'sending') or state = 'unknown' and "
                                + STILL_TRUE + ")")
                        == 0);
        nothing("select id || ' ' || state from alert.notice where state = 'sending' and lease_until < '"
                + secondsAgo(3) + "'");
        nothing("select id || ' ' || state from alert.notice where channel = 'webhook' and state = 'failed'");
        assertThat(minus(texts("select id from alert.notice where channel = 'webhook' and state = 'sent'"), rang.get()))
                .as("sent, and no telephone rang")
                .isEmpty();
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    List<String> texts(String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all;
    }

    void nothing(String sql) throws SQLException {
        assertThat(texts(sql)).as(sql).isEmpty();
    }

    private static String secondsAgo(int seconds) {
        return Instant.now().minusSeconds(seconds).toString();
    }

    private static <T> Set<T> minus(Collection<T> all, Collection<T> others) {
        Set<T> left = new HashSet<>(all);
        left.removeAll(new HashSet<>(others));
        return left;
    }
}
