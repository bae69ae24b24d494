package org.anban.launcher;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Passwords for a demonstration, random on each machine. */
final class FreshPassword {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private FreshPassword() {}

    /** 14 characters that can be read aloud: some 69 bits. */
    static String make() {
        SecureRandom random = new SecureRandom();
        return random.ints(14, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining());
    }
}
