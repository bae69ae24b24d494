package org.anban.log.postgres;

import java.util.Locale;
import org.anban.contracts.event.Lane;

/** The names in the database that belong to a lane. */
record LaneTable(Lane lane) {
    static final String SCHEMA = "event_log";

    String bareName() {
        return word() + "_batch";
    }

    String name() {
        return SCHEMA + "." + bareName();
    }

    String word() {
        return lane.name().toLowerCase(Locale.ROOT);
    }

    /** The second half of the lane's advisory lock; the first is {@link LaneSession#LOCK_FAMILY}. */
    int lockKey() {
        return lane.ordinal() + 1;
    }
}
