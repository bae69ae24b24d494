package org.anban.log.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.anban.log.LogBatch;
import org.anban.log.table.StoredBatches;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What reads of a lane: from the ring what is there, the rest from the table. Any thread. */
final class LaneReader {
    private static final Logger LOG = LoggerFactory.getLogger(LaneReader.class);

    private final Ring ring;
    private final StoredBatches stored;
    private final BooleanSupplier isOurs;
    private final long pollNanos;
    private volatile boolean tableAnswers = true;
    private volatile long seen;
    private volatile long seenNanos;

    /** @param isOurs this process appends, or will when the storage answers again: nothing is newer than the ring's newest */
    LaneReader(Ring ring, StoredBatches stored, BooleanSupplier isOurs, Duration pollEvery) {
        this.ring = ring;
        this.stored = stored;
        this.isOurs = isOurs;
        this.pollNanos = pollEvery.toNanos();
        this.seenNanos = System.nanoTime() - pollNanos;
    }

    @Nullable
    LogBatch next(long after, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            LogBatch batch = look(after);
            if (batch != null) {
                return batch;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            ring.await(after, Math.min(left, pollNanos));
        }
    }

    /** The newest number; where another process appends, as old as one poll. */
    long newest() {
        if (isOurs.getAsBoolean()) {
            return ring.newest();
        }
        if (System.nanoTime() - seenNanos >= pollNanos) {
            try {
                seen = Math.max(seen, stored.newest());
                answered();
            } catch (SQLException e) {
                failed(e);
            }
            seenNanos = System.nanoTime();
        }
        return Math.max(seen, ring.newest());
    }

    private @Nullable LogBatch look(long after) {
        boolean upToDate = isOurs.getAsBoolean();
        LogBatch recent = ring.get(after + 1);
        if (recent != null || upToDate && ring.newest() <= after) {
            return recent;
        }
        try {
            LogBatch batch = stored.after(after);
            answered();
            return batch;
        } catch (SQLException e) {
            failed(e);
            return null;
        }
    }

    private void answered() {
        if (!tableAnswers) {
            tableAnswers = true;
            LOG.info("the log can be read again");
        }
    }

    private void failed(SQLException e) {
        if (tableAnswers) {
            tableAnswers = false;
            LOG.warn("the log cannot be read now, readers wait: {}", e.getMessage());
        }
    }
}
