package org.anban.alert.detection;

import java.time.Instant;
import org.anban.contracts.event.Lane;
import org.jspecify.annotations.Nullable;

/** What others may see of a lane while its loop works. */
final class LaneStatus {
    private final Lane lane;
    private final Instant started;
    private volatile boolean leading;
    private volatile long seen;
    private volatile long evaluated;
    private volatile Instant lastTick;
    private volatile @Nullable Instant clock;

    LaneStatus(Lane lane, Instant started) {
        this.lane = lane;
        this.started = started;
        this.lastTick = started;
    }

    Lane lane() {
        return lane;
    }

    void leads(boolean now) {
        leading = now;
    }

    void ticked(Instant wall) {
        lastTick = wall;
    }

    void saw(long batch) {
        seen = batch;
    }

    void evaluated(long batch, @Nullable Instant logClock) {
        evaluated = batch;
        clock = logClock;
    }

    long seen() {
        return Math.max(seen, evaluated);
    }

    long evaluated() {
        return evaluated;
    }

    @Nullable
    Instant clock() {
        return clock;
    }

    DetectorHealth.LaneHealth health() {
        Instant known = clock;
        return new DetectorHealth.LaneHealth(lane, leading, evaluated, lastTick, known == null ? started : known);
    }
}
