package org.anban.platform.session;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.anban.contracts.error.CareException;

/**
 * A password check costs memory and a core, so only two run at once, and only one of them for addresses nobody ever
 * logged in from: a flood of guesses from elsewhere leaves room for the call centre. Of these strangers few may wait, as
 * each holds a thread meanwhile; one more is told at once to come again.
 */
final class HashingSlots {
    private static final int STRANGERS_AT_MOST = 3;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore all = new Semaphore(2, true);
    private final Semaphore strangers = new Semaphore(1, true);
    private final Semaphore places = new Semaphore(STRANGERS_AT_MOST);

    boolean run(boolean knownAddress, BooleanSupplier check) {
        if (knownAddress) {
            return run(all, check);
        }
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            return run(strangers, () -> run(all, check));
        } finally {
            places.release();
        }
    }

    private static boolean run(Semaphore slots, BooleanSupplier check) {
        if (!acquired(slots)) {
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
