package org.anban.platform.session;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** SQL of login attempts. */
final class AttemptStore {
    /** How often an address was wrong lately, and whether it was ever right: in all, and for one user name. */
    record Record(int byAddress, int byUserAndAddress, boolean knownAddress, boolean knownUser) {}

    private static final Duration KEPT = Duration.ofDays(30);

    /** Attempts from one address are judged one after the other, so that many at once are counted too. */
    void lock(Handle db, String address) {
        db.createQuery("select pg_advisory_xact_lock(hashtextextended('platform.login ' || :address, 0))::text")
                .bind("address", address)
                .mapTo(String.class)
                .one();
    }

    Record recent(Handle db, byte[] user, String address, Instant since) {
        return db.createQuery(
                        """
                        select count(*) filter (where not succeeded and at > :since) as by_address,
                               count(*) filter (where not succeeded and at > :since and username_hash = :user) as by_both,
                               coalesce(bool_or(succeeded), false) as known,
                               coalesce(bool_or(succeeded and username_hash = :user), false) as known_user
                        from platform.login_attempts where address = :address""")
                .bind("since", since)
                .bind("user", user)
                .bind("address", address)
                .map((row, context) -> new Record(
                        row.getInt("by_address"),
                        row.getInt("by_both"),
                        row.getBoolean("known"),
                        row.getBoolean("known_user")))
                .one();
    }

    /** Writes an attempt down as wrong, until {@link #succeeded} says otherwise. */
    long insert(Handle db, byte[] user, String address, Instant now) {
        db.createUpdate("delete from platform.login_attempts where at < :old")
                .bind("old", now.minus(KEPT))
                .execute();
        return db.createQuery(
                        """
                        insert into platform.login_attempts (username_hash, address, at, succeeded)
                        values (:user, :address, :now, false) returning number""")
                .bind("user", user)
                .bind("address", address)
                .bind("now", now)
                .mapTo(long.class)
                .one();
    }

    /** Takes an attempt back that was never judged. */
    void forget(Handle db, long number) {
        db.createUpdate("delete from platform.login_attempts where number = :number")
                .bind("number", number)
                .execute();
    }

    void succeeded(Handle db, long number) {
        db.createUpdate("update platform.login_attempts set succeeded = true where number = :number")
                .bind("number", number)
                .execute();
    }
}
