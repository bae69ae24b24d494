package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.anban.contracts.event.Signal;

/**
 * How a device is, as it said itself: its charge, whether it is worn, and when it last measured what it measures all
 * the time. All instants are milliseconds of the log's clock.
 */
public final class Condition {
    /** What a device measures all the time, if it measures it at all. The order is part of the saved form: append. */
    public static final List<Signal> STEADY = List.of(Signal.HEART_RATE, Signal.IN_BED);

    private static final int UNKNOWN = -1;
    private static final int FLAT = 5;
    private static final int SAID_LOW = 10;
    private static final int SETTLED = 3;

    private final Steady[] steady = new Steady[STEADY.size()];
    private int battery = UNKNOWN;
    private int worn = UNKNOWN;
    private long wornSince;

    Condition() {
        for (int i = 0; i < steady.length; i++) {
            steady[i] = new Steady();
        }
    }

    /** Percent; below zero if it never said. */
    public int battery() {
        return battery;
    }

    public void battery(double percent) {
        battery = (int) Math.round(percent);
    }

    /** It reported a low battery without a number. */
    public void lowBattery() {
        battery = battery == UNKNOWN ? SAID_LOW : Math.min(battery, SAID_LOW);
    }

    /** If it stops now, that is its battery. */
    public boolean batteryFlat() {
        return battery >= 0 && battery <= FLAT;
    }

    public void worn(boolean yes, long at) {
        if (yes && worn != 1) {
            wornSince = at;
        }
        worn = yes ? 1 : 0;
    }

    public boolean saidWorn() {
        return worn == 1;
    }

    public boolean saidTakenOff() {
        return worn == 0;
    }

    /** Since when it has been worn without a break. */
    public long wornSince() {
        return wornSince;
    }

    /**
     * It measured a steady signal.
     *
     * @param within milliseconds to the next one as the device said, or 0
     * @return whether that ends a silence that was spoken of
     */
    public boolean measured(int signal, long at, long within) {
        Steady one = steady[signal];
        one.at = Math.max(one.at, at);
        one.within = within;
        one.times = Math.min(one.times + 1, SETTLED);
        boolean ended = one.silent;
        one.silent = false;
        return ended;
    }

    /** Whether it has measured this signal often enough for its absence to mean something. */
    public boolean settled(int signal) {
        return steady[signal].times == SETTLED;
    }

    public long measuredAt(int signal) {
        return steady[signal].at;
    }

    /** Milliseconds to the next one as the device said, or 0. */
    public long within(int signal) {
        return steady[signal].within;
    }

    public boolean silent(int signal) {
        return steady[signal].silent;
    }

    public void signalled(int signal) {
        steady[signal].silent = true;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(battery);
        out.writeByte(worn);
        out.writeLong(wornSince);
        for (Steady one : steady) {
            out.writeByte(one.times);
            if (one.times > 0) {
                out.writeLong(one.at);
                out.writeLong(one.within);
                out.writeBoolean(one.silent);
            }
        }
    }

    static Condition read(DataInputStream in) throws IOException {
        Condition condition = new Condition();
        condition.battery = in.readByte();
        condition.worn = in.readByte();
        condition.wornSince = in.readLong();
        for (Steady one : condition.steady) {
            one.times = in.readUnsignedByte();
            if (one.times > SETTLED) {
                throw new IOException("a signal measured " + one.times + " times");
            }
            if (one.times > 0) {
                one.at = in.readLong();
                one.within = in.readLong();
                one.silent = in.readBoolean();
            }
        }
        return condition;
    }

    private static final class Steady {
        private long at;
        private long within;
        private int times;
        private boolean silent;
    }
}
