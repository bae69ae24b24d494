package org.anban.gateway.reading;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import org.anban.kit.database.Database;

/** One partition a day (UTC), made by the first block that needs it. Of one thread. */
final class DayPartitions {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd");

    private final Database database;
    private final Set<LocalDate> known = new HashSet<>();

    DayPartitions(Database database) {
        this.database = database;
    }

    static String table(LocalDate day) {
        return "gateway.reading_block_" + NAME.format(day);
    }

    /** Makes a day's partition, and its index, if it is not there. */
    void ensure(LocalDate day) {
        if (known.contains(day)) {
            return;
        }
        String table = table(day);
        database.inTransaction(handle -> {
            handle.execute(
                    "create table if not exists " + table + " partition of gateway.reading_block for values from ('"
                            + day + " 00:00:00+00') to ('" + day.plusDays(1) + " 00:00:00+00')");
            handle.execute("create index if not exists reading_block_" + NAME.format(day) + "_series on " + table
                    + " (subject_no, hour)");
            return null;
        });
        known.add(day);
    }
}
