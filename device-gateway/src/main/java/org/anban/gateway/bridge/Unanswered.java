package org.anban.gateway.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one connection that are not done with, in the order in which they came: that is the order of the answers, and
 * the one in which they go to the inlet. What the inlet has no room for stays here and is brought again; what the broker
 * does not keep for us (QoS 0) only up to a bound.
 */
final class Unanswered {
    private static final int MOST_UNKEPT = 1_000;
    private static final long MOST_UNKEPT_BYTES = 4L << 20;

    /** One message. */
    static final class Arrival {
        private final long number;
        private final String topic;
        private final byte[] payload;
        private final int packetId;
        private boolean done;

        private Arrival(long number, String topic, byte[] payload, int packetId) {
            this.number = number;
            this.topic = topic;
            this.payload = payload;
            this.packetId = packetId;
        }

        String topic() {
            return topic;
        }

        byte[] payload() {
            return payload;
        }

        /** Whether the broker sends it again if we do not answer. */
        boolean isKept() {
            return packetId != 0;
        }
    }

    private final Runnable lost;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final NavigableMap<Long, Arrival> waiting = new TreeMap<>();
    private final TreeSet<Long> toldToComeAgain = new TreeSet<>();
    private long last;
    private int unkept;
    private long unkeptBytes;
    private boolean closedDoor;

    /** @param lost told of each message that the broker does not keep and for which there is no room */
    Unanswered(Runnable lost) {
        this.lost = lost;
    }

    /** A message that the broker waits to hear of, or with packet id 0 one that it does not. */
    synchronized Arrival add(String topic, byte[] payload, int packetId) {
        Arrival arrival = new Arrival(++last, topic, payload, packetId);
        if (arrival.isKept()) {
            arrivals.add(arrival);
        }
        return arrival;
    }

    /** Whether it may go to the inlet now; if not, others that came before wait at its door, and it waits behind them. */
    synchronized boolean mayGo(Arrival arrival) {
        if (closedDoor) {
            waits(arrival);
        }
        return !closedDoor;
    }

    /** The inlet let it not even in: what comes after it waits behind it. */
    synchronized void doorIsClosed() {
        closedDoor = true;
    }

    private void waits(Arrival arrival) {
        if (!arrival.isKept()) {
            if (unkept >= MOST_UNKEPT || unkeptBytes + arrival.payload.length > MOST_UNKEPT_BYTES) {
                toldToComeAgain.remove(arrival.number);
                lost.run();
                return;
            }
            unkept++;
            unkeptBytes += arrival.payload.length;
        }
        waiting.put(arrival.number, arrival);
    }

    /** The inlet had no room for it. */
    synchronized void comesAgain(Arrival arrival) {
        toldToComeAgain.add(arrival.number);
        waits(arrival);
    }

    /** The next one behind {@code before} that waits to be brought; null if there is none: then the door is open again. */
    synchronized @Nullable Arrival bring(@Nullable Arrival before) {
        var entry = waiting.higherEntry(before == null ? 0 : before.number);
        if (entry == null) {
            closedDoor = false;
            return null;
        }
        Arrival next = entry.getValue();
        waiting.remove(entry.getKey());
        if (!next.isKept()) {
            unkept--;
            unkeptBytes -= next.payload.length;
        }
        return next;
    }

    /** It is judged now: whether nothing before it was told to come again and was not judged since. */
    synchronized boolean isInTurn(Arrival arrival) {
        toldToComeAgain.remove(arrival.number);
        return toldToComeAgain.lower(arrival.number) == null;
    }

    /** It may be answered; the packet ids of all that are answered now. */
    synchronized List<Integer> done(Arrival arrival) {
        arrival.done = true;
        toldToComeAgain.remove(arrival.number);
        List<Integer> now = new ArrayList<>();
        while (!arrivals.isEmpty() && arrivals.peek().done) {
            now.add(arrivals.remove().packetId);
        }
        return now;
    }

    synchronized boolean isSomethingToBring() {
        return !waiting.isEmpty();
    }

    /** How many the broker does not keep wait here. */
    synchronized int unkept() {
        return unkept;
    }

    /** How many the broker waits to hear of. */
    synchronized int size() {
        return arrivals.size();
    }
}
