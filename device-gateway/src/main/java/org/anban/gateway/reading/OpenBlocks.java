package org.anban.gateway.reading;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anban.contracts.event.Readings;

/**
 * The blocks of one transaction: readings of one series and one hour share one. Series outlive it by far, so that none of
 * them may keep a block when it is over.
 */
final class OpenBlocks implements AutoCloseable {
    private record Key(int subject, int device, long hour) {}

    private final Map<Key, OpenBlock> blocks = new HashMap<>();

    void add(Series series, Readings readings) {
        long hour = Math.floorDiv(readings.time().at().getEpochSecond(), OpenBlock.SECONDS);
        OpenBlock block = series.last();
        if (block == null || !block.isOf(hour)) {
            block = blocks.computeIfAbsent(
                    new Key(series.subject(), series.device(), hour), key -> new OpenBlock(series, hour));
            series.last(block);
        }
        block.add(readings);
    }

    @Override
    public void close() {
        blocks.values().forEach(block -> block.series().last(null));
    }

    /** All of them by day (UTC), each day's in the order of the index. */
    Map<LocalDate, List<OpenBlock>> byDay() {
        Map<LocalDate, List<OpenBlock>> days = new TreeMap<>();
        for (OpenBlock block : blocks.values()) {
            days.computeIfAbsent(block.day(), day -> new ArrayList<>()).add(block);
        }
        days.values().forEach(day -> day.sort(null));
        return days;
    }
}
