package org.anban.platform.person;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.kit.database.Database;
import org.jspecify.annotations.Nullable;

/** Everybody with an account. Calls block. */
public final class Persons {
    /** An account that can log in. */
    public record Account(Person person, String passwordHash) {
        @Override
        public String toString() {
            return "Account[" + person.id() + "]";
        }
    }

    private final Database database;
    private final Passwords passwords;
    private final PersonStore store = new PersonStore();

    public Persons(Database database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /**
     * Adds a person unless the id is there already, whose password is then left alone.
     *
     * @param password null for somebody who cannot log in
     */
    public boolean add(Person person, @Nullable String password) {
        if (database.inTransaction(db -> store.exists(db, person.id()))) {
            return false;
        }
        String hash = password == null ? null : passwords.hash(password);
        return database.inTransaction(db -> store.insert(db, person, hash));
    }

    public void setPassword(String id, String password) {
        String hash = passwords.hash(password);
        if (database.inTransaction(db -> store.setPassword(db, id, hash)) == 0) {
            throw CareException.notFound("no such person");
        }
    }

    /** Somebody who is switched off is nobody: not found, not sent out, not logged in. */
    public void setActive(String id, boolean active) {
        if (database.inTransaction(db -> store.setActive(db, id, active)) == 0) {
            throw CareException.notFound("no such person");
        }
    }

    public Optional<Person> find(String id) {
        return database.inTransaction(db -> store.find(db, id));
    }

    public List<Person> withRole(Role role) {
        return database.inTransaction(db -> store.withRole(db, role));
    }

    public Optional<Account> account(String username) {
        return database.inTransaction(db -> store.account(db, username.strip().toLowerCase(Locale.ROOT)));
    }
}
