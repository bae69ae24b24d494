package org.anban.gateway.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices who tries too often: wrong keys by address and device together, and names that nobody registered by address.
 * It only says so. A right key is let in whatever came before it, for behind a proxy or a carrier's NAT a whole district
 * has one address.
 */
public final class Attempts {
    private static final int MOST_REMEMBERED = 100_000;

    private record Failures(int count, Instant since) {}

    private final InstantSource time;
    private final int mostWrongKeys;
    private final int mostStrangers;
    private final Duration window;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    public Attempts(InstantSource time, int mostWrongKeys, int mostStrangers, Duration window) {
        this.time = time;
        this.mostWrongKeys = mostWrongKeys;
        this.mostStrangers = mostStrangers;
        this.window = window;
    }

    /** A registered device came with a wrong key. True if there were too many of that before. */
    public synchronized boolean wrongKey(String address, String device) {
        return add(address + ' ' + device) > mostWrongKeys;
    }

    /** A name came that is not registered. True if there were too many of that before. */
    public synchronized boolean stranger(String address) {
        return add(address) > mostStrangers;
    }

    /** The right key came: this pair starts afresh. */
    public synchronized void rightKey(String address, String device) {
        if (!failures.isEmpty()) {
            failures.remove(address + ' ' + device);
        }
    }

    private int add(String key) {
        Instant now = time.instant();
        Failures old = failures.get(key);
        Failures sum = old == null || old.since().plus(window).isBefore(now)
                ? new Failures(1, now)
                : new Failures(old.count() + 1, old.since());
        failures.put(key, sum);
        Iterator<String> oldest = failures.keySet().iterator();
        while (failures.size() > MOST_REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
        return sum.count();
    }
}
