package org.anban.alert.notice;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The numbers that no program may dial: a person does, with address and file on the screen. Kept in code, so that no
 * configuration, demo, test or simulator can reach them.
 */
public final class EmergencyNumbers {
    private static final Set<String> NUMBERS =
            Set.of("110", "112", "119", "120", "122", "911", "999", "995", "12110", "12119", "12120");
    /** What exchanges strip before such a number: an outside line, the trunk digit, our country, an area code. */
    private static final Pattern PREFIX =
            Pattern.compile("|0|9|00|0{0,3}86|(0{0,3}86)?0(10|2[0-9]|[3-9][0-9]{2})|0{0,3}86(10|2[0-9]|[3-9][0-9]{2})");
    /** What ends the number that is dialled: a pause, an extension, a service code. */
    private static final Pattern BREAK = Pattern.compile("[,;*#]|[pPwWxX]");

    private EmergencyNumbers() {}

    /** Whether a number, however it is written, is one of them or begins by dialling one. */
    public static boolean contains(String written) {
        return isEmergency(written) || BREAK.splitAsStream(written).anyMatch(EmergencyNumbers::isEmergency);
    }

    private static boolean isEmergency(String written) {
        StringBuilder plain = new StringBuilder(written.length());
        written.codePoints()
                .map(c -> Character.digit(c, 10))
                .filter(digit -> digit >= 0)
                .forEach(plain::append);
        String digits = plain.toString();
        return NUMBERS.stream()
                .filter(digits::endsWith)
                .map(number -> digits.substring(0, digits.length() - number.length()))
                .anyMatch(before -> PREFIX.matcher(before).matches());
    }
}
