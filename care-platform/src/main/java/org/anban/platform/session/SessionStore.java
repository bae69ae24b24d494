package org.anban.platform.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of logins. */
final class SessionStore {
    void insert(Handle db, byte[] tokenHash, Session s) {
        db.createUpdate(
                        """
                        insert into platform.sessions
                            (token_hash, id, person, staff, created_at, last_used_at, expires_at)
                        values (:hash, :id, :person, :staff, :created, :used, :expires)""")
                .bind("hash", tokenHash)
                .bind("id", s.id())
                .bind("person", s.person())
                .bind("staff", s.staff())
                .bind("created", s.createdAt())
                .bind("used", s.lastUsedAt())
                .bind("expires", s.expiresAt())
                .execute();
    }

    Optional<Session> find(Handle db, byte[] tokenHash) {
        return db.createQuery("select * from platform.sessions where token_hash = :hash")
                .bind("hash", tokenHash)
                .map((row, context) -> new Session(
                        row.getString("id"),
                        row.getString("person"),
                        row.getBoolean("staff"),
                        instant(row, "created_at"),
                        instant(row, "last_used_at"),
                        instant(row, "expires_at")))
                .findOne();
    }

    void slide(Handle db, String id, Instant usedAt, Instant expiresAt) {
        db.createUpdate("update platform.sessions set last_used_at = :used, expires_at = :expires where id = :id")
                .bind("used", usedAt)
                .bind("expires", expiresAt)
                .bind("id", id)
                .execute();
    }

    void delete(Handle db, byte[] tokenHash) {
        db.createUpdate("delete from platform.sessions where token_hash = :hash")
                .bind("hash", tokenHash)
                .execute();
    }

    /** Those that ended before, and were not used after their end since. */
    void deleteExpired(Handle db, Instant before) {
        db.createUpdate("delete from platform.sessions where expires_at < :before and last_used_at < :before")
                .bind("before", before)
                .execute();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
