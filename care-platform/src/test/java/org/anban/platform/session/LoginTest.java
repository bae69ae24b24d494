package org.anban.platform.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.platform.PlatformFixture;
import org.anban.platform.person.Passwords;
import org.anban.platform.person.Persons;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";
    private static final LoginLimits LIMITS = LoginLimits.USUAL;

    private PlatformFixture fixture;
    private Sessions sessions;
    private Login login;

    @BeforeEach
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        Passwords passwords = new Passwords();
        Persons persons = new Persons(fixture.database(), passwords);
        sessions =
                new Sessions(fixture.database(), fixture.time, persons, SessionTerms.USUAL, fixture.criticalOpen::get);
        Attempts attempts = new Attempts(fixture.database(), fixture.time, LIMITS);
        login = new Login(persons, passwords, attempts, sessions, LIMITS.window());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theRightPasswordOpensASessionOfThatPerson() {
        Login.Outcome outcome = login.attempt(" Operator1 ", PlatformFixture.PASSWORD, HERE);

        assertThat(outcome).isInstanceOf(Login.LoggedIn.class);
        String token = ((Login.LoggedIn) outcome).opened().token();
        Principal principal = sessions.authenticate(token).orElseThrow();
        assertThat(principal.personId()).isEqualTo("p-operator1");
        assertThat(principal.roles()).containsExactly(Role.OPERATOR);
        assertThat(principal.worksIn("mentougou/dayu")).isTrue();
    }

    @Test
    void aWrongPasswordAnUnknownUserAndAnAccountWithoutPasswordAreAllJustWrong() {
        assertThat(login.attempt("operator1", "no", HERE)).isInstanceOf(Login.Wrong.class);
        assertThat(login.attempt("nobody", PlatformFixture.PASSWORD, HERE)).isInstanceOf(Login.Wrong.class);
        assertThat(login.attempt("operator2", PlatformFixture.PASSWORD, HERE)).isInstanceOf(Login.Wrong.class);
        assertThat(login.attempt("operator1", "x".repeat(201), HERE)).isInstanceOf(Login.Wrong.class);
        assertThat(fixture.count("select count(*) from platform.sessions")).isZero();
    }

    @Test
    void tooManyWrongPasswordsForAUserAreLimitedThereAndNowhereElse() {
        for (int i = 0; i < LIMITS.perUserAndAddress(); i++) {
            assertThat(login.attempt("operator1", "guess " + i, ELSEWHERE)).isInstanceOf(Login.Wrong.class);
        }

        assertThat(login.attempt("operator1", PlatformFixture.PASSWORD, ELSEWHERE))
                .isInstanceOfSatisfying(
                        Login.Limited.class, l -> assertThat(l.retryAfter()).isEqualTo(LIMITS.window()));
        assertThat(login.attempt("family1", PlatformFixture.PASSWORD, ELSEWHERE))
                .isInstanceOf(Login.LoggedIn.class);
        assertThat(login.attempt("operator1", PlatformFixture.PASSWORD, HERE)).isInstanceOf(Login.LoggedIn.class);
        fixture.time.advance(LIMITS.window());
        assertThat(login.attempt("operator1", PlatformFixture.PASSWORD, ELSEWHERE))
                .isInstanceOf(Login.LoggedIn.class);
    }

    @Test
    void anAddressThatTriesManyUsersIsLimited() {
        LoginLimits narrow = new LoginLimits(2, 3, LIMITS.window());
        Attempts attempts = new Attempts(fixture.database(), fixture.time, narrow);

        assertThat(attempts.admit("a", ELSEWHERE).admitted()).isTrue();
        assertThat(attempts.admit("b", ELSEWHERE).admitted()).isTrue();
        assertThat(attempts.admit("c", ELSEWHERE).admitted()).isTrue();
        assertThat(attempts.admit("d", ELSEWHERE).admitted()).isFalse();
        assertThat(attempts.admit("d", HERE).admitted()).isTrue();
    }

    @Test
    void whoLoggedInFromAnAddressBeforeIsNotLockedOutByTheOthersThere() {
        assertThat(login.attempt("operator1", PlatformFixture.PASSWORD, HERE)).isInstanceOf(Login.LoggedIn.class);
        for (int i = 0; i < LIMITS.perAddress(); i++) {
            assertThat(login.attempt("guessed" + i, "guess", HERE)).isInstanceOf(Login.Wrong.class);
        }

        assertThat(login.attempt("family1", PlatformFixture.PASSWORD, HERE)).isInstanceOf(Login.Limited.class);
        assertThat(login.attempt("operator1", PlatformFixture.PASSWORD, HERE)).isInstanceOf(Login.LoggedIn.class);
        for (int i = 0; i < LIMITS.perUserAndAddress(); i++) {
            assertThat(login.attempt("operator1", "guess", HERE)).isInstanceOf(Login.Wrong.class);
        }
        assertThat(login.attempt("operator1", PlatformFixture.PASSWORD, HERE)).isInstanceOf(Login.Limited.class);
    }

    @Test
    void allAddressesOfOneIpv6NetworkAreOne() {
        LoginLimits narrow = new LoginLimits(2, 3, LIMITS.window());
        Attempts attempts = new Attempts(fixture.database(), fixture.time, narrow);

        for (int i = 1; i <= 3; i++) {
            assertThat(attempts.admit("a" + i, "2001:db8:1:2:" + i + "::9").admitted())
                    .isTrue();
        }

        assertThat(attempts.admit("a4", "2001:0db8:0001:0002:ffff::1").admitted())
                .isFalse();
        assertThat(attempts.admit("a4", "2001:db8:1:3::1").admitted()).isTrue();
    }

    @Test
    void guessesAtTheSameInstantAreCountedOneByOne() throws Exception {
        Attempts attempts = new Attempts(fixture.database(), fixture.time, LIMITS);
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Future<Attempts.Admission>> asked = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                asked.add(many.submit(() -> attempts.admit("operator1", ELSEWHERE)));
            }
            int admitted = 0;
            for (Future<Attempts.Admission> one : asked) {
                admitted += one.get(30, TimeUnit.SECONDS).admitted() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(LIMITS.perUserAndAddress());
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void anAddressSomebodyLoggedInFromIsKnown() {
        Attempts attempts = new Attempts(fixture.database(), fixture.time, LIMITS);
        assertThat(attempts.admit("operator1", HERE).knownAddress()).isFalse();

        login.attempt("operator1", PlatformFixture.PASSWORD, HERE);

        assertThat(attempts.admit("operator1", HERE).knownAddress()).isTrue();
        assertThat(attempts.admit("operator1", ELSEWHERE).knownAddress()).isFalse();
    }

    @Test
    void theTablesHoldNeitherTokenNorPasswordNorWhatWasTyped() {
        String token = ((Login.LoggedIn) login.attempt("operator1", PlatformFixture.PASSWORD, HERE))
                .opened()
                .token();
        login.attempt("my-password-by-mistake", "x", HERE);

        String everything = fixture.database().inTransaction(db -> db.createQuery(
                        """
                        select string_agg(t, ' ') from (
                            select s::text || encode(s.token_hash, 'escape') as t from platform.sessions s
                            union all select a::text || encode(a.username_hash, 'escape') from platform.login_attempts a
                            union all select p::text from platform.persons p) everything""")
                .mapTo(String.class)
                .one());
        assertThat(everything)
                .contains("$argon2id$v=19$m=19456,t=2,p=1$")
                .doesNotContain(token)
                .doesNotContain(PlatformFixture.PASSWORD)
                .doesNotContain("my-password-by-mistake");
        assertThat(token).hasSize(43);
    }
}
