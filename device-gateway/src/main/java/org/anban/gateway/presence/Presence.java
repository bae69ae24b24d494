package org.anban.gateway.presence;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one device since it was written last. Messages change plain fields of it, on the event loop that takes
 * them; {@link #heard} comes last and publishes them. What is rare is under a lock.
 */
public final class Presence {
    private final String device;
    private volatile long heardMillis;
    private volatile boolean queued;
    private volatile boolean urgent;
    private @Nullable SignalTimes signals;
    private @Nullable Flaps flaps;
    private @Nullable TakeOvers takeOvers;
    private @Nullable String relay;
    private @Nullable Instant changedAt;
    private boolean connected;
    private int alarmsMayBeLost;
    private @Nullable Instant mayBeLostAt;
    private long writtenNanos;

    public Presence(String device) {
        this.device = device;
    }

    String device() {
        return device;
    }

    /** One event out of a message of the device's; {@link #heard} must follow. */
    void took(DeviceEvent event) {
        if (event instanceof Readings readings) {
            if (!readings.values().isEmpty()) {
                signals().measured(readings);
            }
        } else if (event instanceof DeviceReport report) {
            if (report.kind() == ReportKind.WORN || report.kind() == ReportKind.TAKEN_OFF) {
                signals().worn(report.kind() == ReportKind.WORN);
            }
        }
    }

    private SignalTimes signals() {
        SignalTimes known = signals;
        if (known == null) {
            known = new SignalTimes();
            signals = known;
        }
        return known;
    }

    /** @return whether nobody knows yet that there is something to write */
    boolean heard(long millis) {
        heardMillis = millis;
        return queue();
    }

    /** @return whether it was not waiting to be written */
    boolean queue() {
        if (queued) {
            return false;
        }
        queued = true;
        return true;
    }

    /** @return whether that is news */
    boolean heardThrough(String name) {
        if (name.equals(relay)) {
            return false;
        }
        relay = name;
        return true;
    }

    /** An alarm that its sender will not send again, whatever becomes of it. */
    synchronized void mayBeLost(Instant now) {
        alarmsMayBeLost++;
        mayBeLostAt = now;
        urgent = true;
    }

    synchronized void connected(Instant now) {
        connected = true;
        changedAt = now;
        urgent = true;
    }

    /** @param shortly whether it ended soon and without a good-bye */
    synchronized void disconnected(Instant now, boolean shortly, PresenceRules rules) {
        connected = false;
        changedAt = now;
        urgent = true;
        if (shortly) {
            if (flaps == null) {
                flaps = new Flaps();
            }
            flaps.add(now, rules);
        }
    }

    synchronized void takenOver(Instant now, String loser, String winner, PresenceRules rules) {
        if (takeOvers == null) {
            takeOvers = new TakeOvers();
        }
        takeOvers.add(now, loser, winner, rules);
    }

    /** See {@link TakeOvers#alive}. */
    synchronized boolean loserAlive(String loser, boolean elsewhere, PresenceRules rules) {
        boolean isNew = takeOvers != null && takeOvers.alive(loser, elsewhere, rules);
        urgent |= takeOvers != null && takeOvers.found() != null;
        return isNew;
    }

    /** What an earlier process knew of it. */
    synchronized void restore(PresenceRow row) {
        if (row.flaps() != null && flaps == null) {
            flaps = new Flaps();
            flaps.restore(row.flaps());
        }
        if (row.copied() != null && takeOvers == null) {
            takeOvers = new TakeOvers();
            takeOvers.restore(row.copied());
        }
    }

    /** Whether what is new should not wait: at most each {@code nanos} otherwise. */
    boolean isDue(long now, long nanos) {
        return urgent || now - writtenNanos >= nanos;
    }

    /** What is to be written; it counts as written. */
    synchronized JsonObject take(long now) {
        queued = false;
        urgent = false;
        writtenNanos = now;
        long heard = heardMillis;
        JsonObject row = new JsonObject().put("device", device).put("relay", relay);
        if (heard != 0) {
            row.put("heard_at", Instant.ofEpochMilli(heard).toString());
        }
        if (changedAt != null) {
            row.put("connected", connected).put("changed_at", changedAt.toString());
        }
        putSignals(row);
        putTroubles(row);
        return row;
    }

    private void putSignals(JsonObject row) {
        SignalTimes known = signals;
        row.put("signals", known == null ? new JsonObject() : known.toJson());
        if (known != null) {
            row.put("battery", known.battery())
                    .put("signal_quality", known.quality())
                    .put("worn", known.worn());
        }
    }

    private void putTroubles(JsonObject row) {
        row.put("may_be_lost", alarmsMayBeLost);
        if (mayBeLostAt != null) {
            row.put("may_be_lost_at", mayBeLostAt.toString());
        }
        alarmsMayBeLost = 0;
        Flaps.State flapping = flaps == null ? null : flaps.state();
        if (flapping != null) {
            row.put("flaps", flapping.lastHour())
                    .put("flaps_at", flapping.at().toString())
                    .put(
                            "flapping_since",
                            flapping.since() == null ? null : flapping.since().toString());
        }
        TakeOvers.Clone clone = takeOvers == null ? null : takeOvers.found();
        if (clone != null) {
            row.put("clone_since", clone.since().toString())
                    .put("clone_at", clone.at().toString())
                    .put("take_overs", clone.count())
                    .put("clone_addresses", clone.addresses());
        }
    }

    /** It could not be written. */
    synchronized void putBack(JsonObject row) {
        alarmsMayBeLost += row.getInteger("may_be_lost");
        urgent = true;
    }
}
