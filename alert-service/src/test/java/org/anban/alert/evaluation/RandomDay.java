package org.anban.alert.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anban.alert.rule.Entries;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.subject.SubjectId;
import org.anban.log.LogBatch;

/** Batches of a lane in which everything happens: repeats, cancels before falls, late readings, outages of ours. */
final class RandomDay {
    private static final SubjectId[] SUBJECTS = {Entries.WANG, Entries.LI, SubjectId.dwelling("d-1")};
    private static final ReportKind[] ALARMS = {
        ReportKind.SOS, ReportKind.FALL, ReportKind.FALL, ReportKind.FALL_CANCELLED, ReportKind.SMOKE
    };

    private final Random random;
    private final List<LogEntry> before = new ArrayList<>();
    private Instant clock = Entries.START;

    RandomDay(long seed) {
        random = new Random(seed);
    }

    List<LogBatch> batches(Lane lane, int count) {
        List<LogBatch> batches = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            boolean outage = random.nextInt(60) == 0;
            clock = clock.plusMillis(outage ? 45_000 + random.nextInt(4_000_000) : random.nextInt(20_000));
            List<LogEntry> entries = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                entries.add(lane == Lane.ALARM ? alarm() : reading());
            }
            batches.add(new LogBatch(lane, number, clock, entries));
        }
        return batches;
    }

    private LogEntry alarm() {
        if (!before.isEmpty() && random.nextInt(4) == 0) {
            return before.get(random.nextInt(before.size()));
        }
        int subject = random.nextInt(2);
        String device = "w-" + subject + "-" + random.nextInt(2);
        String id = random.nextInt(4) == 0 ? "" : "e" + random.nextInt(20);
        LogEntry entry =
                Entries.alarm(SUBJECTS[subject], device, ALARMS[random.nextInt(ALARMS.length)], id, time(90), null);
        before.add(entry);
        return entry;
    }

    private LogEntry reading() {
        int subject = random.nextInt(SUBJECTS.length);
        SignalValues values = new SignalValues.Builder()
                .put(Signal.HEART_RATE, 30 + random.nextInt(110))
                .put(Signal.SPO2, 85 + random.nextInt(15))
                .build();
        String device = "w-" + subject + "-" + random.nextInt(2);
        Duration within = random.nextInt(3) == 0 ? Duration.ofSeconds(20 + random.nextInt(60)) : null;
        return Entries.readings(SUBJECTS[subject], device, values, time(random.nextInt(20) == 0 ? 4000 : 30), within);
    }

    private EventTime time(int latest) {
        Instant at = clock.minusSeconds(random.nextInt(latest));
        return random.nextInt(5) == 0 ? EventTime.received(clock) : new EventTime(at, clock, at);
    }
}
