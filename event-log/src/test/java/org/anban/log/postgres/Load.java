package org.anban.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.anban.contracts.event.Lane;
import org.anban.log.EventLog;
import org.anban.log.EventLog.Outcome;
import org.anban.log.LogBatch;

/** Appends entries to both lanes on a thread of its own until it is stopped, and remembers what became of each. */
final class Load {
    private final EventLog log;
    private final String name;
    private final Map<Lane, Map<String, CompletableFuture<Outcome>>> outcomes =
            Map.of(Lane.ALARM, new LinkedHashMap<>(), Lane.TELEMETRY, new LinkedHashMap<>());
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean stopped;
    private volatile int appended;

    private Load(EventLog log, String name) {
        this.log = log;
        this.name = name;
    }

    static Load on(EventLog log, String name) {
        Load load = new Load(log, name);
        load.thread.start();
        return load;
    }

    int appended() {
        return appended;
    }

    /** Stops and waits until everything is committed or refused. */
    void stop() throws Exception {
        stopped = true;
        thread.join();
        for (Map<String, CompletableFuture<Outcome>> ofLane : outcomes.values()) {
            for (CompletableFuture<Outcome> outcome : ofLane.values()) {
                outcome.get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** The ids of a lane that came to this, in the order of appending. */
    List<String> ids(Lane lane, Outcome what) {
        List<String> ids = new ArrayList<>();
        outcomes.get(lane).forEach((id, outcome) -> {
            if (outcome.join() == what) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** Dense numbers, a clock that never goes back, and exactly these entries, each once, in this order. */
    static void assertHoldsExactly(List<LogBatch> batches, List<String> ids) {
        assertThat(batches.stream().mapToLong(LogBatch::number).boxed())
                .isEqualTo(LongStream.rangeClosed(1, batches.size()).boxed().toList());
        assertThat(batches.stream().map(LogBatch::at)).isSorted();
        assertThat(LogFixture.ids(batches)).isEqualTo(ids);
    }

    private void run() {
        for (int i = 0; !stopped; i++) {
            Lane lane = i % 2 == 0 ? Lane.ALARM : Lane.TELEMETRY;
            String id = name + "-" + i;
            outcomes.get(lane).put(id, LogFixture.append(log, lane, id));
            appended = i + 1;
            LockSupport.parkNanos(200_000);
        }
    }
}
