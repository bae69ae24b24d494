package org.anban.alert.rule;

import java.time.Duration;
import java.time.ZoneId;
import org.anban.contracts.error.CareException;

/**
 * Every number of the rule pack. The defaults follow the project's domain notes, section 6.5 "Default rule pack", and
 * for persistence 6.2; a resident's own limits are in the register.
 *
 * @param fallWindow how long the wearer may cancel a fall before silence confirms it (6.4: shipped products wait
 *     30 to 90 s)
 * @param alarmsAMinute so many alarms of one kind from one device are told singly in a minute
 * @param repeatSpan the same event from the same device, received within this time of the first, was sent again
 * @param timelessRepeatSpan the same for one that carries no time of the device's, or one that is further than
 *     {@code repeatSpan} from its receipt: later it may be a second press
 * @param readingsInRow so many readings out of limits in a row persist
 * @param persistence readings out of limits for so long persist, however few they are
 * @param readingGap readings further apart are not in a row
 * @param readingsToEnd so many readings within limits end an episode
 * @param coolDown after an episode, another of the same band says nothing for so long
 * @param latestReading a reading older than this when received is stored, and not judged
 * @param leastQuality percent; readings of a poorer signal are not judged
 * @param silentIntervals a device is silent after so many expected intervals
 * @param leastSilence no silence is shorter than this, however often a device reports
 * @param longSilence a silence of this length is no longer a matter of maintenance alone
 * @param usualInterval the expected interval of a device that the register does not know
 * @param outageStep a larger step of the log's clock is our own outage
 * @param flaps so many silences within {@code flapSpan} make a device one that flaps
 * @param flapRest for so long a device that flaps is spoken of no more
 * @param signalIntervals a signal of a device that still speaks is silent after so many expected intervals
 * @param leastSignalSilence no silence of a signal is shorter than this
 * @param outages when the silence of many is one outage
 * @param zone of the times in texts for operators
 */
public record RuleConfig(
        Duration fallWindow,
        int alarmsAMinute,
        Duration repeatSpan,
        Duration timelessRepeatSpan,
        int readingsInRow,
        Duration persistence,
        Duration readingGap,
        int readingsToEnd,
        Duration coolDown,
        Duration latestReading,
        double leastQuality,
        int silentIntervals,
        Duration leastSilence,
        Duration longSilence,
        Duration usualInterval,
        Duration outageStep,
        int flaps,
        Duration flapSpan,
        Duration flapRest,
        int signalIntervals,
        Duration leastSignalSilence,
        OutageLimits outages,
        ZoneId zone) {
    public static final RuleConfig DEFAULT = new RuleConfig(
            Duration.ofSeconds(60),
            300,
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            3,
            Duration.ofSeconds(120),
            Duration.ofHours(2),
            2,
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            50,
            3,
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            4,
            Duration.ofHours(1),
            Duration.ofHours(1),
            6,
            Duration.ofMinutes(15),
            OutageLimits.DEFAULT,
            ZoneId.of("Asia/Shanghai"));

    public RuleConfig {
        if (fallWindow.isNegative() || fallWindow.isZero()) {
            throw CareException.invalid("fall window: more than nothing");
        }
        if (readingsInRow < 1 || readingsInRow > 20 || readingsToEnd < 1 || readingsToEnd > 20) {
            throw CareException.invalid("readings in a row, readings to end: 1 to 20");
        }
        if (timelessRepeatSpan.compareTo(repeatSpan) > 0) {
            throw CareException.invalid("repeat span without a time: no longer than the one with a time");
        }
        if (silentIntervals < 1) {
            throw CareException.invalid("silent intervals: at least 1");
        }
        if (flaps < 2 || flaps > 8) {
            throw CareException.invalid("flaps: 2 to 8");
        }
    }

    public RuleConfig withFallWindow(Duration window) {
        return with(window, outages);
    }

    public RuleConfig withOutages(OutageLimits limits) {
        return with(fallWindow, limits);
    }

    private RuleConfig with(Duration window, OutageLimits limits) {
        return new RuleConfig(
                window,
                alarmsAMinute,
                repeatSpan,
                timelessRepeatSpan,
                readingsInRow,
                persistence,
                readingGap,
                readingsToEnd,
                coolDown,
                latestReading,
                leastQuality,
                silentIntervals,
                leastSilence,
                longSilence,
                usualInterval,
                outageStep,
                flaps,
                flapSpan,
                flapRest,
                signalIntervals,
                leastSignalSilence,
                limits,
                zone);
    }

    int readingsKept() {
        return Math.max(readingsInRow, readingsToEnd);
    }
}
