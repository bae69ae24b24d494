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

    private final Database database;
    private final DetectionStore store = new DetectionStore();
    private Instant seen = Instant.EPOCH;

    SignsOfLife(Database database) {
        this.database = database;
    }

    /** What has come since the last question; some may come twice. */
    List<SignOfLife> fresh() {
        Instant from = seen.equals(Instant.EPOCH) ? seen : seen.minus(OVERLAP);
        List<SignOfLife> signs = database.inTransaction(handle -> store.heardFrom(handle, from));
        if (!signs.isEmpty()) {
            seen = signs.get(signs.size() - 1).at();
        }
        return signs;
    }

    /** Asks for everything again. */
    void restart() {
        seen = Instant.EPOCH;
    }
}
