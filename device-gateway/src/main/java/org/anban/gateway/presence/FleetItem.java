package org.anban.gateway.presence;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.Signal;
import org.jspecify.annotations.Nullable;

/** One device as the fleet list shows it. */
final class FleetItem {
    private static final Set<Signal> ONLY_WHEN_WORN =
            EnumSet.of(Signal.HEART_RATE, Signal.SPO2, Signal.RESPIRATION_RATE, Signal.BODY_TEMPERATURE);

    private final PresenceRow row;
    private final @Nullable DeviceProfile profile;
    private final Set<FleetState> states = EnumSet.noneOf(FleetState.class);
    private final List<String> silentSignals = new ArrayList<>();
    private final boolean connected;

    FleetItem(PresenceRow row, @Nullable DeviceProfile profile, Instant now, PresenceRules rules) {
        this.row = row;
        this.profile = profile;
        this.connected = Boolean.TRUE.equals(row.connected());
        judgeSilence(now, rules);
        if (isFlapping(now, rules)) {
            states.add(FleetState.FLAPPING);
        }
        if (row.copied() != null && row.copied().at().plus(rules.cloneShown()).isAfter(now)) {
            states.add(FleetState.CLONE);
        }
        Integer battery = row.sensed().battery();
        if (battery != null && battery <= rules.lowBattery()) {
            states.add(FleetState.LOW_BATTERY);
        }
        Instant lost = row.mayBeLost().at();
        if (lost != null && lost.plus(rules.lossShown()).isAfter(now)) {
            states.add(FleetState.MAY_BE_LOST);
        }
        if (row.connected() != null && !connected) {
            states.add(FleetState.DISCONNECTED);
        }
    }

    private boolean isFlapping(Instant now, PresenceRules rules) {
        Flaps.State flaps = row.flaps();
        return flaps != null
                && flaps.since() != null
                && flaps.at().plus(rules.calmAfter()).isAfter(now);
    }

    private void judgeSilence(Instant now, PresenceRules rules) {
        long expected = profile == null ? 3600 : profile.reportInterval().toSeconds();
        long longest = longestSilence(row.signals(), expected);
        long quiet = Duration.between(row.heardAt(), now).toSeconds();
        boolean silent = quiet > rules.silentIntervals() * longest
                && quiet >= rules.leastSilence().toSeconds();
        if (!silent) {
            judgeSignals(now, rules, expected);
        }
        if (silent || !silentSignals.isEmpty()) {
            states.add(FleetState.SILENT);
        }
    }

    /** A device that promises something often and reports rarely as a model keeps its promise. */
    private static long longestSilence(JsonObject signals, long expected) {
        long promised = Long.MAX_VALUE;
        for (String name : signals.fieldNames()) {
            promised = Math.min(promised, signals.getJsonObject(name).getLong("within", Long.MAX_VALUE));
        }
        return promised == Long.MAX_VALUE ? expected : promised;
    }

    private void judgeSignals(Instant now, PresenceRules rules, long expected) {
        boolean worn = !Boolean.FALSE.equals(row.sensed().worn());
        for (Signal signal : Signal.values()) {
            JsonObject one = row.signals().getJsonObject(signal.wireName());
            if (one == null || !worn && ONLY_WHEN_WORN.contains(signal)) {
                continue;
            }
            Long promised = one.getLong("within");
            Long usual = one.getLong("usually");
            if (promised == null && usual == null) {
                continue; // it was measured once: nobody knows how often it is
            }
            long interval = promised == null ? Math.max(expected, usual) : promised;
            long quiet = now.getEpochSecond() - one.getLong("at");
            if (quiet > rules.silentIntervals() * interval
                    && quiet >= rules.leastSilence().toSeconds()) {
                silentSignals.add(signal.wireName());
            }
        }
    }

    String device() {
        return row.device();
    }

    @Nullable
    DeviceProfile profile() {
        return profile;
    }

    String model() {
        return profile == null ? "" : profile.model();
    }

    boolean isConnected() {
        return connected;
    }

    Set<FleetState> states() {
        return states;
    }

    /** How much it needs a look. */
    int troubles() {
        return states.size() - (states.contains(FleetState.DISCONNECTED) ? 1 : 0);
    }

    JsonObject toJson(String area) {
        Flaps.State flaps = row.flaps();
        boolean flapping = states.contains(FleetState.FLAPPING);
        Instant since = flapping && flaps != null ? flaps.since() : row.changedAt();
        JsonObject json = new JsonObject()
                .put("device", row.device())
                .put("kind", profile == null ? "" : profile.kind())
                .put("model", model())
                .put("area", area)
                .put(
                        "standing",
                        profile == null ? "UNKNOWN" : profile.standing().name())
                .put("relay", row.relay())
                .put("connected", connected)
                .put("since", (since == null ? row.heardAt() : since).toString())
                .put("lastHeard", row.heardAt().toString())
                .put(
                        "states",
                        new JsonArray(states.stream().map(FleetState::word).toList()))
                .put("silentSignals", new JsonArray(silentSignals))
                .put("battery", row.sensed().battery())
                .put("signalQuality", row.sensed().quality())
                .put("worn", row.sensed().worn());
        return putTroubles(json, flaps).put("signals", signals());
    }

    private JsonObject putTroubles(JsonObject json, Flaps.@Nullable State flaps) {
        TakeOvers.Clone clone = row.copied();
        PresenceRow.MayBeLost lost = row.mayBeLost();
        return json.put("shortConnections", flaps == null ? 0 : flaps.lastHour())
                .put(
                        "alarmsAtQos0",
                        lost.at() == null
                                ? null
                                : new JsonObject()
                                        .put("count", lost.count())
                                        .put("lastAt", lost.at().toString()))
                .put(
                        "clone",
                        clone == null || !states.contains(FleetState.CLONE)
                                ? null
                                : new JsonObject()
                                        .put("since", clone.since().toString())
                                        .put("lastAt", clone.at().toString())
                                        .put("takeOvers", clone.count())
                                        .put("addresses", clone.addresses()));
    }

    private JsonArray signals() {
        JsonArray all = new JsonArray();
        for (Signal signal : Signal.values()) {
            JsonObject one = row.signals().getJsonObject(signal.wireName());
            if (one != null) {
                all.add(new JsonObject()
                        .put("signal", signal.wireName())
                        .put("at", Instant.ofEpochSecond(one.getLong("at")).toString()));
            }
        }
        return all;
    }
}
