package org.anban.gateway.clock;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Reads {@code 2026-01-05T08:00:00.123+08:00} without making garbage, for it is done for every message. The offset may
 * be {@code Z}, {@code +08:00}, {@code +0800} or {@code +08}, or missing; a blank may stand for the {@code T}.
 */
final class IsoTime {
    private static final int DATE_AND_MINUTES = 16;
    private static final long DAY_MICROS = 86_400_000_000L;

    private char[] text = {};
    private int at;
    private int end;
    private long micros;
    private boolean zoned;

    /** Whether it could be read. */
    boolean read(char[] chars, int offset, int length, ZoneOffset localZone) {
        text = chars;
        at = offset;
        end = offset + length;
        if (length < DATE_AND_MINUTES) {
            return false;
        }
        int year = digits(4);
        int month = after('-') ? digits(2) : -1;
        int day = after('-') ? digits(2) : -1;
        boolean separated = after('T') || after('t') || after(' ');
        int hour = separated ? digits(2) : -1;
        int minute = after(':') ? digits(2) : -1;
        int second = after(':') ? digits(2) : 0;
        if (year < 0 || month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return false;
        }
        if (second < 0 || second > 60) {
            return false;
        }
        try {
            micros = LocalDate.of(year, month, day).toEpochDay() * DAY_MICROS
                    + ((hour * 60L + minute) * 60L + second) * 1_000_000L;
        } catch (DateTimeException e) {
            return false;
        }
        micros += fraction();
        return offset(localZone) && at == end;
    }

    long epochMicros() {
        return micros;
    }

    boolean hasZone() {
        return zoned;
    }

    private long fraction() {
        if (!after('.') && !after(',')) {
            return 0;
        }
        long value = 0;
        long unit = 100_000;
        while (at < end && isDigit(text[at])) {
            value += (text[at++] - '0') * unit;
            unit /= 10;
        }
        return value;
    }

    private boolean offset(ZoneOffset localZone) {
        zoned = at < end;
        if (!zoned) {
            micros -= localZone.getTotalSeconds() * 1_000_000L;
            return true;
        }
        if (after('Z') || after('z')) {
            return true;
        }
        int sign = after('+') ? 1 : after('-') ? -1 : 0;
        int hours = sign == 0 ? -1 : digits(2);
        after(':');
        int minutes = at < end ? digits(2) : 0;
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return false;
        }
        micros -= sign * (hours * 60L + minutes) * 60_000_000L;
        return true;
    }

    private boolean after(char expected) {
        if (at < end && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private int digits(int count) {
        if (end - at < count) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            char c = text[at++];
            if (!isDigit(c)) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
