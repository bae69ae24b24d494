package org.anban.gateway.reading;

import java.time.Instant;
import java.time.LocalDate;
import org.anban.contracts.event.Readings;
import org.anban.gateway.block.BlockWriter;

/** A block that readings are still added to. */
final class OpenBlock implements Comparable<OpenBlock> {
    static final long SECONDS = 3_600;
    private static final long HOURS_OF_DAY = 24;

    private final Series series;
    private final long hour;
    private final BlockWriter body;

    /** @param hour hours since 1970 */
    OpenBlock(Series series, long hour) {
        this.series = series;
        this.hour = hour;
        this.body = new BlockWriter(Instant.ofEpochSecond(hour * SECONDS));
    }

    boolean isOf(long wantedHour) {
        return hour == wantedHour;
    }

    void add(Readings readings) {
        body.add(readings);
    }

    LocalDate day() {
        return LocalDate.ofEpochDay(Math.floorDiv(hour, HOURS_OF_DAY));
    }

    long epochSecond() {
        return hour * SECONDS;
    }

    Series series() {
        return series;
    }

    BlockWriter body() {
        return body;
    }

    /** The order of the index: neighbours in it are written together. */
    @Override
    public int compareTo(OpenBlock other) {
        int bySubject = Integer.compare(series.subject(), other.series.subject());
        return bySubject != 0 ? bySubject : Long.compare(hour, other.hour);
    }
}
