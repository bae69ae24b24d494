package org.anban.gateway.push;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anban.contracts.error.CareException;
import org.anban.gateway.dialect.Dialect;
import org.anban.gateway.vocabulary.Word;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The SQL of push accounts. */
final class AccountStore {
    private final Database database;

    AccountStore(Database database) {
        this.database = database;
    }

    /** @throws CareException CONFLICT if there is one of that name */
    void insert(String account, String dialect, byte[] sealed, Instant now, String by) {
        int rows = database.inTransaction(handle -> handle.createUpdate(
                        "insert into gateway.push_account (account, dialect, state, secret, created_at, changed_at, changed_by)"
                                + " values (:account, :dialect, 'active', :secret, :now, :now, :by) on conflict do nothing")
                .bind("account", account)
                .bind("dialect", dialect)
                .bind("secret", sealed)
                .bind("now", now)
                .bind("by", by)
                .execute());
        if (rows == 0) {
            throw CareException.conflict("there is an account " + account + " already");
        }
    }

    /** The present secret becomes the one before; if it was never used, the one before stays what it was. */
    void rotate(String account, byte[] sealed, Instant beforeUntil, Instant now, String by) {
        requireOne(database.inTransaction(handle -> handle.createUpdate("update gateway.push_account set old_secret ="
                        + " case when used_at is null and old_until > :now then old_secret else secret end,"
                        + " old_until = :until, secret = :secret, used_at = null,"
                        + " changed_at = :now, changed_by = :by where account = :account")
                .bind("account", account)
                .bind("secret", sealed)
                .bind("until", beforeUntil)
                .bind("now", now)
                .bind("by", by)
                .execute()));
    }

    /** A sender proved itself with this secret, if it still is the present one. */
    void used(String account, byte[] sealed, Instant now) {
        database.inTransaction(handle -> handle.createUpdate("update gateway.push_account set used_at = :now"
                        + " where account = :account and secret = :secret and used_at is null")
                .bind("account", account)
                .bind("secret", sealed)
                .bind("now", now)
                .execute());
    }

    void setState(String account, boolean active, Instant now, String by) {
        requireOne(
                database.inTransaction(handle -> handle.createUpdate("update gateway.push_account set state = :state,"
                                + " changed_at = :now, changed_by = :by where account = :account")
                        .bind("account", account)
                        .bind("state", active ? "active" : "disabled")
                        .bind("now", now)
                        .bind("by", by)
                        .execute()));
    }

    void setWords(String account, List<Word> words, Instant now, String by) {
        database.inTransaction(handle -> {
            requireOne(handle.createUpdate("update gateway.push_account set changed_at = :now, changed_by = :by"
                            + " where account = :account")
                    .bind("account", account)
                    .bind("now", now)
                    .bind("by", by)
                    .execute());
            handle.createUpdate("delete from gateway.push_word where account = :account")
                    .bind("account", account)
                    .execute();
            insertWords(handle, account, words);
            return null;
        });
    }

    private static void insertWords(Handle handle, String account, List<Word> words) {
        PreparedBatch batch = handle.prepareBatch("insert into gateway.push_word (account, model, name, value, means)"
                + " values (:account, :model, :name, :value, :means)");
        for (Word word : words) {
            batch.bind("account", account)
                    .bind("model", word.model())
                    .bind("name", word.name())
                    .bind("value", word.value())
                    .bind("means", word.means())
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void requireOne(int rows) {
        if (rows == 0) {
            throw CareException.notFound("no such account");
        }
    }

    /** All there are, in order of name. */
    List<Account> all() {
        return database.inTransaction(handle -> {
            Map<String, List<Word>> words = new HashMap<>();
            handle.createQuery("select account, model, name, value, means from gateway.push_word"
                            + " order by account, model, name, value")
                    .map((row, context) -> words.computeIfAbsent(row.getString(1), a -> new ArrayList<>())
                            .add(new Word(row.getString(2), row.getString(3), row.getString(4), row.getString(5))))
                    .list();
            return handle.createQuery("select account, dialect, state, secret, used_at, old_secret, old_until,"
                            + " created_at"
                            + " from gateway.push_account order by account")
                    .map((row, context) -> account(row, words.getOrDefault(row.getString("account"), List.of())))
                    .list();
        });
    }

    private static Account account(ResultSet row, List<Word> words) throws SQLException {
        Timestamp until = row.getTimestamp("old_until");
        Dialect dialect = Dialect.ofName(row.getString("dialect"))
                .orElseThrow(() -> new IllegalStateException("a dialect that is not in the table's check"));
        return new Account(
                row.getString("account"),
                dialect,
                row.getString("state").equals("active"),
                new Account.Secrets(
                        row.getBytes("secret"),
                        row.getTimestamp("used_at") != null,
                        row.getBytes("old_secret"),
                        until == null ? null : until.toInstant()),
                row.getTimestamp("created_at").toInstant(),
                words);
    }
}
