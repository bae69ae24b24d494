package org.anban.gateway.vocabulary;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pushed value says, when it stands for something that happened. */
final class Said {
    private static final Set<String> NO =
            Set.of("", "false", "off", "no", "none", "null", "normal", "[]", "正常", "否", "无", "关", "关闭", "未报警", "无报警");
    private static final Set<String> YES = Set.of("true", "on", "yes", "alarm", "是", "报警", "告警");
    private static final int LONGEST_NUMBER = 40;

    private Said() {}

    /** A clear no, and nothing that merely is no yes. */
    static boolean isNo(@Nullable Object value) {
        BigDecimal number = number(value);
        return number == null ? NO.contains(bare(value)) : number.signum() == 0;
    }

    static boolean isYes(@Nullable Object value) {
        BigDecimal number = number(value);
        return number == null ? YES.contains(bare(value)) : number.signum() != 0;
    }

    /** Whether it is the value of a word: the same text, or the same number however it is written. */
    static boolean is(@Nullable Object value, String expected) {
        if (String.valueOf(value).trim().equals(expected.trim())) {
            return true;
        }
        BigDecimal number = number(value);
        BigDecimal other = number(expected);
        return number != null && other != null && number.compareTo(other) == 0;
    }

    private static String bare(@Nullable Object value) {
        return String.valueOf(value).trim().toLowerCase(Locale.ROOT);
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        String text = value instanceof Number || value instanceof String
                ? value.toString().trim()
                : "";
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
