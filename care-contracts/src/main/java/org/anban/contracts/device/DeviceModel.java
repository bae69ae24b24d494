package org.anban.contracts.device;

import java.time.Duration;
import java.time.ZoneId;
import org.anban.contracts.error.CareException;

/**
 * What is the same for every device of a make.
 *
 * @param kind for people and programs: {@code watch}, {@code button}, {@code bed}, {@code smoke}, {@code hub}, …
 * @param name the maker's name of it, the key of false-alarm figures
 * @param countsDown asks its wearer and counts down before it reports a fall
 * @param reportInterval the longest time between two messages of a healthy device, at least a second
 * @param topics name of the topic profile: which topics it uses and how its payloads are read
 * @param zone of the times that it sends without one
 */
public record DeviceModel(
        String kind, String name, boolean countsDown, Duration reportInterval, String topics, ZoneId zone) {
    /** The topic profile of a device that speaks as {@code docs/wire.md} describes. */
    public static final String OWN_TOPICS = "anban";

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    public DeviceModel {
        if (kind.isBlank() || name.isBlank() || topics.isBlank()) {
            throw CareException.invalid("device model: needs a kind, a name and a topic profile");
        }
        if (reportInterval.toSeconds() < 1) {
            throw CareException.invalid("device model: the report interval is at least a second");
        }
    }

    /** A model that speaks as {@code docs/wire.md} describes. */
    public DeviceModel(String kind, String name, boolean countsDown, Duration reportInterval) {
        this(kind, name, countsDown, reportInterval, OWN_TOPICS, CHINA);
    }
}
