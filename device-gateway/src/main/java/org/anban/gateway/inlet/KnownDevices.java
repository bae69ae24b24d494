package org.anban.gateway.inlet;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.source.Quota;
import org.anban.gateway.source.Source;
import org.anban.kit.loop.Loop;
import org.jspecify.annotations.Nullable;

/**
 * The devices that were named lately and what the register said of them. It is asked again each few seconds, for many at
 * once, on a thread of its own; while it is silent, what it said last holds, and who was never heard of waits. Confined to
 * the event loop, but for the loop that asks.
 */
final class KnownDevices implements AutoCloseable {
    private static final int MOST = 50_000;
    private static final int MOST_AT_ONCE = 1_000;
    private static final long ASK_AGAIN_SECONDS = 5;
    private static final long FORGOTTEN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration REST = Duration.ofSeconds(1);

    /** One name. */
    private static final class Entry {
        private final Deque<Consumer<@Nullable Source>> waiting = new ArrayDeque<>();
        private @Nullable Source source;
        private boolean answered;
        private boolean asked;
        private boolean askedSoon;
        private long askedNanos;
        private long answeredNanos;
        private long usedNanos;

        boolean isNeeded() {
            return !answered || !waiting.isEmpty();
        }
    }

    private final EventLoop loop;
    private final DeviceDirectory directory;
    private final Quota.Limit quota;
    private final Map<DeviceId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final BlockingQueue<DeviceId> asked = new LinkedBlockingQueue<>(); // no more than there are entries
    private final Loop asking;
    private final ScheduledFuture<?> round;
    private boolean over;

    KnownDevices(EventLoop loop, DeviceDirectory directory, Quota.Limit quota, MeterRegistry metrics) {
        this.loop = loop;
        this.directory = directory;
        this.quota = quota;
        this.asking = Loop.start("gateway inlet", metrics, this::turn);
        this.round = loop.scheduleAtFixedRate(this::askAgain, ASK_AGAIN_SECONDS, ASK_AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    /** Calls back with the device, or null if the register has none of that name: at once, or when it has answered. */
    void find(DeviceId device, Consumer<@Nullable Source> then) {
        Entry entry = entry(device);
        if (entry.answered) {
            then.accept(entry.source);
        } else {
            entry.waiting.add(then);
        }
    }

    private Entry entry(DeviceId device) {
        Entry entry = entries.get(device);
        if (entry == null) {
            makeRoom();
            entry = new Entry();
            entries.put(device, entry);
            ask(device, entry);
        }
        entry.usedNanos = System.nanoTime();
        return entry;
    }

    /**
     * Like {@link #find}, with what the register says if it is asked after {@code sinceNanos}: for what would be lost by an
     * answer that is out of date. It is asked of one name once a second at most.
     */
    void afresh(DeviceId device, long sinceNanos, Consumer<@Nullable Source> then) {
        if (over) {
            then.accept(null);
            return;
        }
        Entry entry = entry(device);
        if (entry.answered && entry.askedNanos - sinceNanos >= 0) {
            then.accept(entry.source);
            return;
        }
        entry.waiting.add(source -> afresh(device, sinceNanos, then));
        long pause = entry.answered ? entry.answeredNanos + FRESH_NANOS - System.nanoTime() : 0;
        if (pause <= 0) {
            ask(device, entry);
        } else if (!entry.askedSoon) {
            entry.askedSoon = true;
            loop.schedule(() -> ask(device, entry), pause, TimeUnit.NANOSECONDS);
        }
    }

    private void makeRoom() {
        if (entries.size() >= MOST) {
            Iterator<Entry> oldest = entries.values().iterator();
            while (oldest.hasNext()) {
                if (!oldest.next().isNeeded()) {
                    oldest.remove();
                    return;
                }
            }
        }
    }

    private void ask(DeviceId device, Entry entry) {
        entry.askedSoon = false;
        if (!entry.asked && !over) {
            entry.asked = true;
            entry.askedNanos = System.nanoTime();
            asked.add(device);
            asking.wake();
        }
    }

    private void askAgain() {
        long now = System.nanoTime();
        entries.values().removeIf(entry -> !entry.isNeeded() && now - entry.usedNanos > FORGOTTEN_AFTER_NANOS);
        entries.forEach(this::ask);
    }

    /** On a thread of its own. */
    private Duration turn() {
        List<DeviceId> some = new ArrayList<>();
        asked.drainTo(some, MOST_AT_ONCE);
        if (some.isEmpty()) {
            return REST;
        }
        boolean came = false;
        try {
            Map<DeviceId, DeviceProfile> profiles = directory.findAll(some);
            Map<DeviceId, Map<String, DeviceProfile>> lists = lists(profiles.values());
            came = true;
            loop.execute(() ->
                    some.forEach(device -> found(device, profiles.get(device), lists.getOrDefault(device, Map.of()))));
        } finally {
            if (!came) {
                asked.addAll(some);
            }
        }
        return Duration.ZERO;
    }

    private Map<DeviceId, Map<String, DeviceProfile>> lists(Collection<DeviceProfile> profiles) {
        List<DeviceId> speakers = profiles.stream()
                .filter(DeviceProfile::speaksForOthers)
                .map(DeviceProfile::id)
                .toList();
        return speakers.isEmpty() ? Map.of() : directory.children(speakers);
    }

    private void found(DeviceId device, @Nullable DeviceProfile profile, Map<String, DeviceProfile> list) {
        Entry entry = entries.get(device);
        if (entry == null) {
            return;
        }
        if (profile == null) {
            entry.source = null;
        } else {
            entry.source = known(entry.source, profile);
            entry.source.list(list, quota, System.nanoTime());
        }
        entry.asked = false;
        entry.answered = true;
        entry.answeredNanos = System.nanoTime();
        answer(entry, entry.source);
    }

    private Source known(@Nullable Source before, DeviceProfile profile) {
        if (before == null) {
            Quota.Limit own = quota.of(profile.line().sender());
            return new Source(profile, new Quota(own, System.nanoTime()));
        }
        before.refresh(profile);
        return before;
    }

    private static void answer(Entry entry, @Nullable Source source) {
        List<Consumer<@Nullable Source>> all = List.copyOf(entry.waiting); // who was answered may wait again
        entry.waiting.clear();
        all.forEach(next -> next.accept(source));
    }

    /** Answers whoever waits for the register as if it had none of the name: nobody asks any more. */
    void giveUp() {
        over = true;
        List.copyOf(entries.values()).forEach(entry -> answer(entry, null));
    }

    Optional<String> problem(Duration limit) {
        return asking.problem(limit);
    }

    @Override
    public void close() {
        asking.close();
        round.cancel(false);
    }
}
