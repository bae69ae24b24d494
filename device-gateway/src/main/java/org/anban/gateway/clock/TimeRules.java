package org.anban.gateway.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.anban.contracts.error.CareException;

/**
 * How far a device's clock is believed.
 *
 * @param oldest readings older than this are set aside
 * @param lead a clock that is ahead by up to this is believed
 * @param wrongLead ahead by more than {@code lead} and up to this, a time is wrong and the receive time counts; beyond
 *     it is impossible
 * @param earliest no device measured anything before this instant
 * @param localZone where a time without a zone was probably meant
 */
public record TimeRules(Duration oldest, Duration lead, Duration wrongLead, Instant earliest, ZoneOffset localZone) {
    public static final TimeRules DEFAULT = new TimeRules(
            Duration.ofDays(31),
            Duration.ofMinutes(2),
            Duration.ofHours(24),
            Instant.parse("2020-01-01T00:00:00Z"),
            ZoneOffset.ofHours(8));

    public TimeRules {
        if (oldest.isNegative() || lead.isNegative() || wrongLead.compareTo(lead) < 0) {
            throw CareException.invalid("time rules: spans are positive, and a wrong lead is not below a good one");
        }
    }

    boolean impossible(Instant deviceAt, Instant receivedAt) {
        return deviceAt.isAfter(receivedAt.plus(wrongLead))
                || deviceAt.isBefore(receivedAt.minus(oldest))
                || deviceAt.isBefore(earliest);
    }

    boolean tooFarAhead(Instant deviceAt, Instant receivedAt) {
        return deviceAt.isAfter(receivedAt.plus(lead));
    }
}
