package org.anban.gateway.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Messages that the broker waits to hear of, in the order in which they came: that is the order of the answers. */
final class Unanswered {
    /** One message. */
    static final class Arrival {
        private final int packetId;
        private boolean done;

        private Arrival(int packetId) {
            this.packetId = packetId;
        }
    }

    private final Deque<Arrival> arrivals = new ArrayDeque<>();

    synchronized Arrival add(int packetId) {
        Arrival arrival = new Arrival(packetId);
        arrivals.add(arrival);
        return arrival;
    }

    /** It may be answered; the packet ids of all that are answered now. */
    synchronized List<Integer> done(Arrival arrival) {
        arrival.done = true;
        List<Integer> now = new ArrayList<>();
        while (!arrivals.isEmpty() && arrivals.peek().done) {
            now.add(arrivals.remove().packetId);
        }
        return now;
    }

    synchronized int size() {
        return arrivals.size();
    }
}
