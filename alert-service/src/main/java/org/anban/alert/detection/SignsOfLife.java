package org.anban.alert.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anban.alert.rule.Rule.SignOfLife;
import org.anban.kit.database.Database;

/**
 * Brings signs of life from the alarm lane to the lane that judges silence, through the database, for the two may be
 * evaluated by different processes. Belongs to the loop that asks.
 */
final class SignsOfLife {
    private static final Duration OVERLAP = Duration.ofSeconds(10);
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Database database;
    private final DetectionStore store = new DetectionStore();
    private Instant seen = Instant.EPOCH;
    private long asked;

    SignsOfLife(Database database) {
        this.database = database;
        restart();
    }

    /** What has come since the last question; some may come twice. Asks at most each second. */
    List<SignOfLife> fresh() {
        long now = System.nanoTime();
        if (now - asked < EVERY_NANOS) {
            return List.of();
        }
        Instant from = seen.equals(Instant.EPOCH) ? seen : seen.minus(OVERLAP);
        List<SignOfLife> signs = database.inTransaction(handle -> store.heardFrom(handle, from));
        asked = now;
        if (!signs.isEmpty()) {
            seen = signs.get(signs.size() - 1).at();
        }
        return signs;
    }

    /** Asks for everything again. */
    void restart() {
        seen = Instant.EPOCH;
        asked = System.nanoTime() - EVERY_NANOS;
    }
}
