package org.anban.gateway.clock;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import org.anban.contracts.event.EventTime;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/** What one message says of the time, and what is made of it. Scratch space, used again for every message. */
public final class DeviceClock {
    private static final double MILLISECONDS_FROM = 1e11;
    private static final double NO_TIME_FROM = 1e15;
    private static final DateTimeFormatter DAY_FIRST =
            DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private final TimeRules rules;
    private final IsoTime iso = new IsoTime();
    private @Nullable Instant said;
    private boolean doubtful;
    private boolean unreadable;

    public DeviceClock(TimeRules rules) {
        this.rules = rules;
    }

    /** Forgets the last message: no time means now. */
    public void clear() {
        said = null;
        doubtful = false;
        unreadable = false;
    }

    /** Takes the value at which the parser stands: ISO text, or Unix time in seconds or milliseconds. */
    public void read(JsonParser json) throws IOException {
        clear();
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            readText(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        } else if (token != null && token.isNumeric()) {
            readNumber(json.getDoubleValue());
        } else if (token != JsonToken.VALUE_NULL) {
            json.skipChildren();
            unreadable = true;
        }
    }

    /**
     * What a vendor's message says: Unix time, ISO text, or day, month and year with slashes.
     *
     * @param zone where a text without one was written, which is known and so believed
     */
    public void say(@Nullable Object value, ZoneId zone) {
        clear();
        if (value instanceof Number number) {
            readNumber(number.doubleValue());
        } else if (value instanceof String text) {
            readVendorText(text.trim(), zone);
        } else {
            unreadable = value != null;
        }
    }

    private void readVendorText(String text, ZoneId zone) {
        if (text.length() >= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            readNumber(Double.parseDouble(text));
            return;
        }
        char[] chars = text.toCharArray();
        if (iso.read(chars, 0, chars.length, ZoneOffset.UTC)) {
            Instant written = ofMicros(iso.epochMicros());
            said = iso.hasZone() ? written : local(LocalDateTime.ofInstant(written, ZoneOffset.UTC), zone);
            return;
        }
        try {
            said = local(LocalDateTime.parse(text, DAY_FIRST), zone);
        } catch (DateTimeParseException e) {
            unreadable = true;
        }
    }

    private static Instant local(LocalDateTime written, ZoneId zone) {
        return written.atZone(zone).toInstant();
    }

    /** Unix seconds that were already resolved. */
    public void set(double unixSeconds) {
        clear();
        readNumber(unixSeconds);
    }

    private void readText(char[] chars, int offset, int length) {
        if (iso.read(chars, offset, length, rules.localZone())) {
            said = ofMicros(iso.epochMicros());
            doubtful = !iso.hasZone();
        } else {
            unreadable = true;
        }
    }

    private void readNumber(double number) {
        double seconds = Math.abs(number) >= MILLISECONDS_FROM ? number / 1000 : number;
        if (Math.abs(number) < NO_TIME_FROM) {
            said = ofMicros(Math.round(seconds * 1e6));
        } else {
            unreadable = true;
        }
    }

    /** Why the time cannot be believed at all, or null: {@code UNREADABLE_TIME} or {@code IMPOSSIBLE_TIME}. */
    public @Nullable Reason fault(Instant receivedAt) {
        if (unreadable) {
            return Reason.UNREADABLE_TIME;
        }
        return said != null && rules.impossible(said, receivedAt) ? Reason.IMPOSSIBLE_TIME : null;
    }

    /** The time that counts: the device's if it can be believed, else ours. Never fails. */
    public EventTime judged(Instant receivedAt) {
        if (said == null) {
            return EventTime.received(receivedAt);
        }
        boolean wrong = doubtful || rules.tooFarAhead(said, receivedAt) || rules.impossible(said, receivedAt);
        return new EventTime(wrong ? receivedAt : said, receivedAt, said);
    }

    private static Instant ofMicros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
