package org.anban.platform.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Contact;
import org.anban.platform.PlatformFixture;
import org.anban.platform.person.Person;
import org.anban.platform.resident.Dwelling;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegisterTest {
    private PlatformFixture fixture;
    private Register register;

    @BeforeAll
    void start() {
        fixture = PlatformFixture.withDemoDistrict();
        register = fixture.platform().register();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    @Test
    void aUserNameThatIsTakenIsAConflictWhateverItsCapitals() {
        assertFails(() -> register.add(person("p-new", "OPERATOR1"), null), CareException.Kind.CONFLICT);
    }

    @Test
    void aContactNeedsAPlaceOfItsOwnInTheCallingOrder() {
        Contact first = new Contact("c-new", "", "某某", "friend", "13900008888", 1, false);

        assertFails(() -> register.addContact("r-010", first), CareException.Kind.CONFLICT);
        assertFails(() -> register.addContact("r-none", first), CareException.Kind.INVALID);
    }

    @Test
    void aDwellingInAnAreaNobodyKnowsIsRefused() {
        assertFails(() -> register.add(new Dwelling("d-new", "某处", "nowhere", null)), CareException.Kind.INVALID);
    }

    @Test
    void anAccountThatIsThereKeepsItsPasswordAndItsName() {
        assertThat(register.add(person("p-operator1", "renamed"), "another password"))
                .isFalse();
        assertThat(fixture.count("select count(*) from platform.persons where username in ('renamed')"))
                .isZero();
    }

    private static Person person(String id, String username) {
        return new Person(id, username, "某某", "", new Person.Post(Set.of(Role.OPERATOR), List.of(""), null));
    }

    private static void assertFails(ThrowingCallable write, CareException.Kind kind) {
        assertThatThrownBy(write).isInstanceOfSatisfying(CareException.class, e -> assertThat(e.kind())
                .isEqualTo(kind));
    }
}
