package org.anban.platform.lookup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Answers that may be a little old, so that a question asked for every message does not become a query for every
 * message. Writers in this process call {@link #forget}; other processes see a change when the time to live is over.
 * An answer that was being asked for while {@code forget} ran is not kept. Safe for any thread.
 */
public final class RecentAnswers<K, V> {
    private record Kept<V>(V value, Instant askedAt) {}

    private final ConcurrentHashMap<K, Kept<V>> kept = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();
    private final InstantSource time;
    private final Duration timeToLive;
    private final int most;

    public RecentAnswers(InstantSource time, Duration timeToLive, int most) {
        this.time = time;
        this.timeToLive = timeToLive;
        this.most = most;
    }

    public V get(K question, Function<K, V> ask) {
        Instant now = time.instant();
        Kept<V> known = kept.get(question);
        if (known != null && isFresh(known, now)) {
            return known.value();
        }
        long before = generation.get();
        V answer = ask.apply(question);
        if (kept.size() >= most) {
            makeRoom(now);
        }
        kept.put(question, new Kept<>(answer, now));
        if (generation.get() != before) {
            kept.remove(question);
        }
        return answer;
    }

    public void forget() {
        generation.incrementAndGet();
        kept.clear();
    }

    private boolean isFresh(Kept<V> known, Instant now) {
        return !now.isBefore(known.askedAt()) && now.isBefore(known.askedAt().plus(timeToLive));
    }

    private void makeRoom(Instant now) {
        kept.values().removeIf(k -> !isFresh(k, now));
        if (kept.size() >= most) {
            kept.clear();
        }
    }
}
