package org.anban.gateway.presence;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.jspecify.annotations.Nullable;

/**
 * When each signal of a device was measured last and how long until the next: what the device promised, or how long it
 * usually takes. Written by the event loop of its messages without locks, read by others after {@link Presence} has
 * published it.
 */
final class SignalTimes {
    private static final Signal[] SIGNALS = Signal.values();
    private static final int NONE = -1;

    /** For each signal: the second it was measured at; then, for each, the seconds until the next, negative if promised. */
    private final int[] seconds = new int[2 * SIGNALS.length];

    private byte battery = NONE;
    private byte quality = NONE;
    private byte worn = NONE;

    void measured(Readings readings) {
        SignalValues values = readings.values();
        Instant at = readings.time().at();
        int second = (int) Math.min(at.getEpochSecond(), Integer.MAX_VALUE);
        Duration promise = readings.nextWithin();
        for (long rest = values.mask(); rest != 0; rest &= rest - 1) {
            measured(Long.numberOfTrailingZeros(rest), second, promise);
        }
        battery = last(values, Signal.BATTERY, battery);
        quality = last(values, Signal.SIGNAL_QUALITY, quality);
        worn = last(values, Signal.WORN, worn);
    }

    private void measured(int signal, int second, @Nullable Duration promise) {
        int before = seconds[signal];
        if (second <= before) {
            return;
        }
        seconds[signal] = second;
        int usual = seconds[SIGNALS.length + signal];
        if (promise != null) {
            seconds[SIGNALS.length + signal] = (int) -Math.max(1, promise.toSeconds());
        } else if (before > 0) {
            int gap = second - before;
            seconds[SIGNALS.length + signal] = usual <= 0 ? gap : (int) ((3L * usual + gap) / 4);
        }
    }

    private static byte last(SignalValues values, Signal signal, byte before) {
        return values.has(signal) ? (byte) Math.round(values.get(signal)) : before;
    }

    void worn(boolean now) {
        worn = (byte) (now ? 1 : 0);
    }

    @Nullable
    Integer battery() {
        return battery == NONE ? null : Integer.valueOf(battery);
    }

    @Nullable
    Integer quality() {
        return quality == NONE ? null : Integer.valueOf(quality);
    }

    @Nullable
    Boolean worn() {
        return worn == NONE ? null : Boolean.valueOf(worn == 1);
    }

    /** {@code {"heartRate":{"at":1767571200,"within":60},…}}; {@code usually} instead where the device promised nothing. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        for (int i = 0; i < SIGNALS.length; i++) {
            if (seconds[i] != 0) {
                int next = seconds[SIGNALS.length + i];
                JsonObject one = new JsonObject().put("at", seconds[i]);
                if (next != 0) {
                    one.put(next < 0 ? "within" : "usually", Math.abs(next));
                }
                json.put(SIGNALS[i].wireName(), one);
            }
        }
        return json;
    }
}
