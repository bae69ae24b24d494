package org.anban.gateway.setaside;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.kit.loop.Loop;

/**
 * Counts what was refused or set aside, by device and reason, with the last example. Counting never blocks on the
 * database: sums are written every two seconds, and memory is bounded (what is above the bound is counted under the
 * device {@code (others)}).
 */
public final class SetAsides implements AutoCloseable {
    /** Stands for a device whose name was not proved or has no room. */
    public static final String OTHERS = "(others)";

    private static final int MOST_KEYS = 20_000;
    private static final int MOST_FIELDS = 2_000;
    private static final int LONGEST_EXAMPLE = 500;
    private static final Duration WRITE_EVERY = Duration.ofSeconds(2);

    record Key(String device, Reason reason) {}

    record Field(String model, String name) {}

    /** A sum that was not written yet. */
    static final class Sum {
        private long count;
        private String example = "";

        long count() {
            return count;
        }

        String example() {
            return example;
        }
    }

    private final SetAsideStore store;
    private final InstantSource time;
    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);
    private final Loop loop;
    private Map<Key, Sum> sums = new HashMap<>();
    private Map<Field, Sum> fields = new HashMap<>();

    private SetAsides(Database database, InstantSource time, MeterRegistry metrics) {
        this.store = new SetAsideStore(database);
        this.time = time;
        for (Reason reason : Reason.values()) {
            counters.put(reason, metrics.counter("anban.gateway.set.aside", "reason", reason.wireName()));
        }
        this.loop = Loop.start("gateway set-asides", metrics, this::write);
    }

    public static SetAsides open(Database database, InstantSource time, MeterRegistry metrics) {
        return new SetAsides(database, time, metrics);
    }

    /** Counts one; the example is the first 500 bytes of the payload. */
    public void count(String device, Reason reason, byte[] payload, int length) {
        counters.get(reason).increment();
        synchronized (this) {
            Sum sum = sumOf(device, reason);
            sum.count++;
            if (sum.example.isEmpty()) {
                sum.example = new String(payload, 0, Math.min(length, LONGEST_EXAMPLE), StandardCharsets.UTF_8);
            }
        }
    }

    /** Counts one; the example says in words what it was. */
    public void count(String device, Reason reason, String example) {
        counters.get(reason).increment();
        synchronized (this) {
            Sum sum = sumOf(device, reason);
            sum.count++;
            sum.example = example.length() > LONGEST_EXAMPLE ? example.substring(0, LONGEST_EXAMPLE) : example;
        }
    }

    /** A field that no decoder of this model understands. */
    public synchronized void unknownField(String model, String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) : name;
        Field field = new Field(model, fields.size() < MOST_FIELDS ? shown : OTHERS);
        fields.computeIfAbsent(field, f -> new Sum()).count++;
    }

    /** Answers {@code setAside} and {@code setAsideOfDevice}. */
    public void routes(Api api, StaffScope scope) {
        new SetAsideRoutes(store, scope).mount(api);
    }

    private Sum sumOf(String device, Reason reason) {
        Sum known = sums.get(new Key(device, reason));
        if (known != null) {
            return known;
        }
        return sums.computeIfAbsent(new Key(sums.size() < MOST_KEYS ? device : OTHERS, reason), k -> new Sum());
    }

    private Duration write() {
        Map<Key, Sum> writtenSums;
        Map<Field, Sum> writtenFields;
        synchronized (this) {
            writtenSums = sums;
            writtenFields = fields;
            sums = new HashMap<>();
            fields = new HashMap<>();
        }
        boolean written = false;
        try {
            store.add(writtenSums, writtenFields, time.instant());
            written = true;
        } finally {
            if (!written) {
                putBack(writtenSums, writtenFields);
            }
        }
        return WRITE_EVERY;
    }

    private synchronized void putBack(Map<Key, Sum> oldSums, Map<Field, Sum> oldFields) {
        oldSums.forEach((key, old) -> {
            Sum sum = sumOf(key.device(), key.reason());
            sum.count += old.count;
            sum.example = sum.example.isEmpty() ? old.example : sum.example;
        });
        oldFields.forEach((field, old) -> {
            if (fields.size() < MOST_FIELDS) {
                fields.computeIfAbsent(field, f -> new Sum()).count += old.count;
            }
        });
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    /** Writes what there is now, so that a test or a shutdown need not wait. */
    @Override
    public void close() {
        loop.close();
        write();
    }
}
