package org.anban.gateway.reading;

import java.time.Instant;
import org.anban.contracts.event.Readings;

/** A readings event, with numbers for its subject and device. */
record Row(int subject, int device, Readings readings) implements Comparable<Row> {
    Instant at() {
        return readings.time().at();
    }

    /** The order of the index: neighbours in it are written together. */
    @Override
    public int compareTo(Row other) {
        int bySubject = Integer.compare(subject, other.subject);
        return bySubject != 0 ? bySubject : at().compareTo(other.at());
    }
}
