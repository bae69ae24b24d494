package org.anban.gateway.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits wrong keys by address and device together, so that whoever guesses is slowed and the real device, which comes
 * from elsewhere, is not locked out; and by address alone, with a higher limit, against many names from one place.
 */
public final class Attempts {
    private static final int MOST_REMEMBERED = 100_000;

    private record Failures(int count, Instant since) {}

    private final InstantSource time;
    private final int mostForDevice;
    private final int mostForAddress;
    private final Duration window;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    public Attempts(InstantSource time, int mostForDevice, int mostForAddress, Duration window) {
        this.time = time;
        this.mostForDevice = mostForDevice;
        this.mostForAddress = mostForAddress;
        this.window = window;
    }

    /** Whether this one must wait. */
    public synchronized boolean limited(String address, String device) {
        return count(address + ' ' + device) >= mostForDevice || count(address) >= mostForAddress;
    }

    public synchronized void failed(String address, String device) {
        add(address + ' ' + device);
        add(address);
        Iterator<String> oldest = failures.keySet().iterator();
        while (failures.size() > MOST_REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
    }

    /** The right key came: this pair starts afresh. */
    public synchronized void succeeded(String address, String device) {
        if (!failures.isEmpty()) {
            failures.remove(address + ' ' + device);
        }
    }

    private int count(String key) {
        Failures found = failures.get(key);
        if (found != null && found.since().plus(window).isBefore(time.instant())) {
            failures.remove(key);
            return 0;
        }
        return found == null ? 0 : found.count();
    }

    private void add(String key) {
        int before = count(key);
        Failures old = failures.get(key);
        failures.put(key, new Failures(before + 1, old == null ? time.instant() : old.since()));
    }
}
