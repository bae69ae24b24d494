package org.anban.platform.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.anban.platform.PlatformFixture;
import org.anban.platform.person.Passwords;
import org.anban.platform.person.Person;
import org.anban.platform.person.Persons;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final SessionTerms TERMS = SessionTerms.USUAL;

    private PlatformFixture fixture;
    private Persons persons;
    private Sessions sessions;

    @BeforeEach
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        persons = new Persons(fixture.database(), new Passwords());
        sessions = sessions(fixture.criticalOpen::get);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void anUnknownTokenIsNobody() {
        assertThat(sessions.authenticate("")).isEmpty();
        assertThat(sessions.authenticate("x".repeat(43))).isEmpty();
    }

    @Test
    void aSessionThatIsNotUsedEnds() {
        String token = open("p-operator1");
        fixture.time.advance(TERMS.staffIdle().minusSeconds(1));
        assertThat(sessions(() -> false).authenticate(token)).isPresent();
        fixture.time.advance(TERMS.staffIdle());

        assertThat(sessions.authenticate(token)).isEmpty();
    }

    @Test
    void useMovesTheEndOnButNotPastTheLongestTime() {
        String token = open("p-operator1");
        Duration step = TERMS.staffIdle().minusMinutes(1);
        fixture.time.advance(step);
        assertThat(sessions.authenticate(token)).isPresent();
        fixture.time.advance(step);
        assertThat(sessions.authenticate(token)).as("was used in between").isPresent();
        fixture.time.advance(Duration.ofMinutes(3));

        assertThat(sessions.authenticate(token)).as("a day is over").isEmpty();
    }

    @Test
    void aStaffSessionDoesNotEndWhileACriticalIncidentIsOpen() {
        String token = open("p-operator1");
        fixture.criticalOpen.set(true);
        fixture.time.advance(TERMS.staffIdle().plusHours(1));
        assertThat(sessions.authenticate(token)).isPresent();

        fixture.criticalOpen.set(false);
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(sessions.authenticate(token)).as("it was dealt with").isEmpty();
        fixture.criticalOpen.set(true);
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(sessions.authenticate(token)).as("ended for good").isEmpty();
    }

    @Test
    void aStaffSessionInUseNeverEndsWhileACriticalIncidentIsOpen() {
        String token = open("p-operator1");
        fixture.criticalOpen.set(true);
        for (int i = 0; i < 5; i++) {
            fixture.time.advance(TERMS.criticalGrace().minusHours(1));
            open("p-supervisor");
            assertThat(sessions.authenticate(token)).as("after %d days", i + 1).isPresent();
        }

        fixture.criticalOpen.set(false);
        fixture.time.advance(Duration.ofMinutes(1));
        assertThat(sessions.authenticate(token)).as("it was dealt with").isEmpty();
    }

    @Test
    void staffStayLoggedInIfNobodyCanTellWhetherACriticalIncidentIsOpen() {
        String token = open("p-operator1");
        fixture.time.advance(TERMS.staffIdle().plusHours(1));

        Sessions cannotTell = sessions(() -> {
            throw new IllegalStateException("the alert service does not answer");
        });

        assertThat(cannotTell.authenticate(token)).isPresent();
    }

    @Test
    void aFamilySessionEndsWhateverIsOpen() {
        String token = open("p-family1");
        fixture.criticalOpen.set(true);
        fixture.time.advance(TERMS.familyIdle());

        assertThat(sessions.authenticate(token)).isEmpty();
    }

    @Test
    void aClosedSessionIsNobodysHereAtOnceAndElsewhereInTwoSeconds() {
        String token = open("p-operator1");
        Sessions elsewhere = sessions(() -> false);
        assertThat(sessions.authenticate(token)).isPresent();
        assertThat(elsewhere.authenticate(token)).isPresent();

        sessions.close(token);

        assertThat(sessions.authenticate(token)).isEmpty();
        fixture.time.advance(Duration.ofSeconds(2));
        assertThat(elsewhere.authenticate(token)).isEmpty();
    }

    @Test
    void somebodySwitchedOffIsLoggedOutWithinTwoSeconds() {
        String token = open("p-operator1");
        assertThat(sessions.authenticate(token)).isPresent();

        persons.setActive("p-operator1", false);
        fixture.time.advance(Duration.ofSeconds(2));

        assertThat(sessions.authenticate(token)).isEmpty();
    }

    private String open(String personId) {
        Person person = persons.find(personId).orElseThrow();
        return sessions.open(person).token();
    }

    private Sessions sessions(BooleanSupplier criticalOpen) {
        return new Sessions(fixture.database(), fixture.time, persons, TERMS, criticalOpen);
    }
}
