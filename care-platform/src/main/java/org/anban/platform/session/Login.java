package org.anban.platform.session;

import java.time.Duration;
import java.util.Optional;
import org.anban.contracts.error.CareException;
import org.anban.platform.person.Passwords;
import org.anban.platform.person.Persons;

/** From a user name and a password to a session. */
final class Login {
    /** What came of it. */
    sealed interface Outcome {}

    record LoggedIn(Sessions.Opened opened) implements Outcome {}

    /** The user name or the password is wrong; which of them is not said. */
    record Wrong() implements Outcome {}

    record Limited(Duration retryAfter) implements Outcome {}

    private static final int LONGEST_PASSWORD = 200;

    private final Persons persons;
    private final Passwords passwords;
    private final Attempts attempts;
    private final Sessions sessions;
    private final HashingSlots slots = new HashingSlots();
    private final Duration window;

    Login(Persons persons, Passwords passwords, Attempts attempts, Sessions sessions, Duration window) {
        this.persons = persons;
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.window = window;
    }

    Outcome attempt(String username, String password, String address) {
        if (password.length() > LONGEST_PASSWORD) {
            return new Wrong();
        }
        Attempts.Admission admission = attempts.admit(username, address);
        if (!admission.admitted()) {
            return new Limited(window);
        }
        Optional<Persons.Account> account = persons.account(username);
        if (!matches(account, password, admission)) {
            return new Wrong();
        }
        attempts.succeeded(admission);
        return new LoggedIn(sessions.open(account.orElseThrow().person()));
    }

    private boolean matches(Optional<Persons.Account> account, String password, Attempts.Admission admission) {
        String hash = account.map(Persons.Account::passwordHash).orElseGet(passwords::nobody);
        try {
            boolean right = slots.run(admission.knownAddress(), () -> passwords.matches(password, hash));
            return right && account.isPresent();
        } catch (CareException e) {
            attempts.neverJudged(admission);
            throw e;
        }
    }
}
