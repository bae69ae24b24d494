package org.anban.platform.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anban.contracts.error.CareException;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void aHashMatchesItsPasswordOnlyAndIsNeverTheSame() {
        String first = passwords.hash("安伴 2026");
        String second = passwords.hash("安伴 2026");

        assertThat(first).isNotEqualTo(second);
        assertThat(passwords.matches("安伴 2026", first)).isTrue();
        assertThat(passwords.matches("安伴 2027", first)).isFalse();
        assertThat(passwords.matches("", first)).isFalse();
    }

    @Test
    void theCostIsReadFromTheHashSoThatAnotherSettingLeavesOldPasswordsValid() {
        String cheap = new Passwords(64).hash("old");

        assertThat(cheap).startsWith("$argon2id$v=19$m=64,");
        assertThat(passwords.matches("old", cheap)).isTrue();
    }

    /** Made with the reference implementation: argon2 somesalt -id -v 13 -t 2 -m 16 -p 1, password "password". */
    @Test
    void aHashOfTheReferenceImplementationMatches() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(passwords.matches("password", reference)).isTrue();
        assertThat(passwords.matches("differentpassword", reference)).isFalse();
    }

    @Test
    void nobodysHashMatchesNothing() {
        assertThat(passwords.matches("", passwords.nobody())).isFalse();
    }

    @Test
    void whatIsNoHashIsAnErrorAndNotAMatch() {
        assertThatThrownBy(() -> passwords.matches("x", "x")).isInstanceOf(CareException.class);
    }
}
