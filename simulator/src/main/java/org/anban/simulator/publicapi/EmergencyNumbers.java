package org.anban.simulator.publicapi;

import java.util.Set;

/** Numbers that no scenario may pretend to have called, however they are written. */
final class EmergencyNumbers {
    private static final Set<String> NUMBERS =
            Set.of("110", "112", "119", "120", "122", "911", "999", "995", "12110", "12119", "12120");

    private EmergencyNumbers() {}

    static boolean contains(String written) {
        String digits = written.replaceAll("\\D", "");
        return NUMBERS.contains(digits)
                || NUMBERS.stream()
                        .anyMatch(number -> digits.length() <= number.length() + 7
                                && digits.endsWith(number)
                                && digits.substring(0, digits.length() - number.length())
                                        .matches("(00)?(86)?(0?10|0?2\\d|0?[3-9]\\d{2})?|0|9"));
    }
}
