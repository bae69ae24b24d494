package org.anban.platform.session;

import java.time.InstantSource;
import java.util.Locale;
import org.anban.kit.database.Database;
import org.anban.platform.origin.Addresses;

/** Who may try a password now. */
final class Attempts {
    /**
     * The answer.
     *
     * @param number of the attempt, which counts as wrong until it turns out right
     * @param knownAddress somebody logged in from there in the last month
     */
    record Admission(boolean admitted, long number, boolean knownAddress) {}

    private final Database database;
    private final InstantSource time;
    private final LoginLimits limits;
    private final AttemptStore store = new AttemptStore();

    Attempts(Database database, InstantSource time, LoginLimits limits) {
        this.database = database;
        this.time = time;
        this.limits = limits;
    }

    /** Counts the attempt before it is judged; one that is refused is not counted, so that waiting helps. */
    Admission admit(String username, String from) {
        String address = Addresses.counted(from);
        byte[] user = Tokens.sha256(username.strip().toLowerCase(Locale.ROOT));
        return database.inTransaction(db -> {
            store.lock(db, address);
            AttemptStore.Record recent =
                    store.recent(db, user, address, time.instant().minus(limits.window()));
            boolean tooMany = recent.byAddress() >= limits.perAddress() && !recent.knownUser();
            if (tooMany || recent.byUserAndAddress() >= limits.perUserAndAddress()) {
                return new Admission(false, -1, recent.knownAddress());
            }
            return new Admission(true, store.insert(db, user, address, time.instant()), recent.knownAddress());
        });
    }

    void succeeded(Admission admission) {
        database.inTransaction(db -> {
            store.succeeded(db, admission.number());
            return admission;
        });
    }

    void neverJudged(Admission admission) {
        database.inTransaction(db -> {
            store.forget(db, admission.number());
            return admission;
        });
    }
}
