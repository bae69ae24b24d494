package org.anban.platform.session;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.anban.contracts.error.CareException;

/**
 * A password check costs memory and a core, so only two run at once, and only one of them for addresses nobody ever
 * logged in from: a flood of guesses from elsewhere leaves room for the call centre.
 */
final class HashingSlots {
    private static final int MOST_WAITING = 16;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore all = new Semaphore(2, true);
    private final Semaphore strangers = new Semaphore(1, true);

    boolean run(boolean knownAddress, BooleanSupplier check) {
        if (knownAddress) {
            return run(all, check);
        }
        return run(strangers, () -> run(all, check));
    }

    private static boolean run(Semaphore slots, BooleanSupplier check) {
        if (slots.getQueueLength() >= MOST_WAITING || !acquired(slots)) {
            throw busy();
        }
        try {
            return check.getAsBoolean();
        } finally {
            slots.release();
        }
    }

    private static boolean acquired(Semaphore slots) {
        try {
            return slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private static CareException busy() {
        return CareException.unavailable("too many logins at this moment; try again", null);
    }
}
