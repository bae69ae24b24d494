package org.anban.log.table;

import java.util.Locale;
import org.anban.contracts.event.Lane;

/** The names in the database that belong to a lane. */
public record LaneTable(Lane lane) {
    static final String SCHEMA = "event_log";

    String bareName() {
        return word() + "_batch";
    }

    public String name() {
        return SCHEMA + "." + bareName();
    }

    public String word() {
        return lane.name().toLowerCase(Locale.ROOT);
    }

    /** Tells the lane's advisory lock from the other lane's. */
    public int lockKey() {
        return lane.ordinal() + 1;
    }
}
