package org.anban.platform.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.access.SessionDirectory;
import org.anban.kit.database.Database;
import org.anban.platform.lookup.RecentAnswers;
import org.anban.platform.person.Person;
import org.anban.platform.person.Persons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in. A login ends when it is closed, when it was not used for long, or after its longest time; but a
 * login of staff that is used never ends while a critical incident is open. Needs the tables only. Calls block.
 */
public final class Sessions implements SessionDirectory {
    /** A login and its token, which is known at this moment only. */
    record Opened(String token, Session session, Principal principal) {
        @Override
        public String toString() {
            return "Opened[" + session.id() + "]";
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration SLIDES_AFTER = Duration.ofMinutes(1);

    private final Database database;
    private final InstantSource time;
    private final Persons persons;
    private final SessionTerms terms;
    private final BooleanSupplier criticalOpen;
    private final RecentAnswers<String, Optional<Principal>> recent;
    private final SessionStore store = new SessionStore();
    private final Tokens tokens = new Tokens();

    /** @param criticalOpen whether an incident of P0 or P1 is open anywhere */
    public Sessions(
            Database database, InstantSource time, Persons persons, SessionTerms terms, BooleanSupplier criticalOpen) {
        this.database = database;
        this.time = time;
        this.persons = persons;
        this.terms = terms;
        this.criticalOpen = criticalOpen;
        this.recent = new RecentAnswers<>(time, terms.memory(), 20_000);
    }

    @Override
    public Optional<Principal> authenticate(String token) {
        if (token.length() != Tokens.LENGTH) {
            return Optional.empty();
        }
        byte[] hash = Tokens.sha256(token);
        return recent.get(Base64.getEncoder().encodeToString(hash), key -> look(hash));
    }

    Opened open(Person person) {
        Instant now = time.instant();
        boolean staff = isStaff(person);
        Session session =
                new Session(UUID.randomUUID().toString(), person.id(), staff, now, now, now.plus(terms.idle(staff)));
        String token = tokens.next();
        database.inTransaction(db -> {
            store.deleteExpired(db, now.minus(terms.criticalGrace()));
            store.insert(db, Tokens.sha256(token), session);
            return session;
        });
        return new Opened(token, session, principal(person, session));
    }

    void close(String token) {
        database.inTransaction(db -> {
            store.delete(db, Tokens.sha256(token));
            return token;
        });
        recent.forget();
    }

    Optional<Session> find(String token) {
        return database.inTransaction(db -> store.find(db, Tokens.sha256(token)));
    }

    private Optional<Principal> look(byte[] hash) {
        Optional<Session> session = database.inTransaction(db -> store.find(db, hash));
        if (session.isEmpty() || !holds(session.get(), hash)) {
            return Optional.empty();
        }
        return persons.find(session.get().person()).map(p -> principal(p, session.get()));
    }

    private boolean holds(Session session, byte[] hash) {
        Instant now = time.instant();
        if (now.isBefore(session.expiresAt())) {
            slide(session, now);
            return true;
        }
        if (session.staff() && now.isBefore(graceEnds(session)) && isCriticalOpen()) {
            used(session, now, session.expiresAt());
            return true;
        }
        // ended for good: an alarm that opens later does not bring it back
        database.inTransaction(db -> {
            store.delete(db, hash);
            return session;
        });
        return false;
    }

    /** Use moves it on, so that only who went away is ever logged out under an open critical incident. */
    private Instant graceEnds(Session session) {
        Instant used = session.lastUsedAt();
        Instant from = used.isAfter(session.expiresAt()) ? used : session.expiresAt();
        return from.plus(terms.criticalGrace());
    }

    private void slide(Session session, Instant now) {
        Instant idle = now.plus(terms.idle(session.staff()));
        Instant longest = session.createdAt().plus(terms.longest(session.staff()));
        used(session, now, idle.isBefore(longest) ? idle : longest);
    }

    private void used(Session session, Instant now, Instant expires) {
        if (now.isBefore(session.lastUsedAt().plus(SLIDES_AFTER))) {
            return;
        }
        database.inTransaction(db -> {
            store.slide(db, session.id(), now, expires);
            return session;
        });
    }

    /** If the alert service cannot be asked, an operator stays logged in. */
    private boolean isCriticalOpen() {
        try {
            return criticalOpen.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("cannot tell whether a critical incident is open; staff stay logged in", e);
            return true;
        }
    }

    private static boolean isStaff(Person person) {
        return person.post().roles().stream().anyMatch(r -> r != Role.FAMILY);
    }

    private static Principal principal(Person person, Session session) {
        return new Principal(
                person.id(),
                person.username(),
                person.displayName(),
                person.post().roles(),
                person.post().areas(),
                session.id());
    }
}
