package org.anban.gateway.family.zigbee;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.gateway.clock.DeviceClock;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.payload.Decoder;
import org.anban.gateway.payload.Digest;
import org.anban.gateway.payload.Findings;
import org.anban.gateway.payload.Json;
import org.anban.gateway.payload.Measurements;
import org.anban.gateway.payload.Reports;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A device's state, one object whatever the device: {@code {"smoke":true,"battery":80,"linkquality":120}}. States that are
 * alarms are said again with every message while they last, and so is a door's: they are reported when they begin, see
 * {@link Findings#state}. An action (a button) happened once. Field names are those of zigbee2mqtt's converters.
 */
final class ZigbeeState implements Decoder {
    private static final double FULL_LINK_QUALITY = 255;

    private static final Map<String, Signal> SIGNALS = Map.of(
            "battery", Signal.BATTERY,
            "temperature", Signal.ROOM_TEMPERATURE,
            "humidity", Signal.HUMIDITY,
            "breathing_rate", Signal.RESPIRATION_RATE,
            "occupancy", Signal.MOTION,
            "presence", Signal.MOTION);

    private static final Map<String, ReportKind> WHEN_TRUE = Map.of(
            "sos", ReportKind.SOS,
            "smoke", ReportKind.SMOKE,
            "gas", ReportKind.GAS,
            "carbon_monoxide", ReportKind.CO,
            "water_leak", ReportKind.WATER_LEAK,
            "tamper", ReportKind.TAMPER,
            "battery_low", ReportKind.LOW_BATTERY,
            "test", ReportKind.TEST);

    private static final Map<String, ReportKind> ACTIONS =
            Map.of("emergency", ReportKind.SOS, "sos", ReportKind.SOS, "panic", ReportKind.SOS);

    private static final Set<String> FALLS = Set.of("falling", "fall_alarm");

    private final DeviceClock clock;
    private final Measurements measurements = new Measurements();

    ZigbeeState(TimeRules rules) {
        clock = new DeviceClock(rules);
    }

    /** One message: whom and when it is about, and where what is found goes. */
    private record Telling(DeviceProfile device, Instant receivedAt, Findings findings, long digest) {}

    @Override
    public void decode(byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        Map<String, @Nullable Object> state = Json.object(bytes, length);
        clock.clear();
        measurements.clear();
        if (state.containsKey("last_seen")) {
            clock.say(state.get("last_seen"), device.make().zone());
        }
        Reason fault = clock.fault(receivedAt);
        if (fault != null) {
            findings.setAside(fault, "last_seen");
        }
        Telling telling = new Telling(device, receivedAt, findings, Digest.of(bytes, length));
        state.forEach((name, value) -> field(telling, name, value));
        if (fault != null) {
            measurements.clear();
        }
        findings.event(new Readings(clock.judged(receivedAt), measurements.build(), null));
    }

    private void field(Telling telling, String name, @Nullable Object value) {
        Signal signal = SIGNALS.get(name);
        ReportKind kind = WHEN_TRUE.get(name);
        if (signal != null) {
            measurements.putAny(signal, value, telling.findings());
        } else if (kind != null) {
            if (Boolean.TRUE.equals(value)) {
                state(telling, kind, name);
            } else if (Boolean.FALSE.equals(value)) {
                telling.findings().ended(name);
            }
        } else {
            switch (name) {
                case "action" -> action(telling, value);
                case "contact" -> contact(telling, value);
                case "fall_status", "status" -> posture(telling, name, value);
                case "linkquality" -> linkQuality(telling, value);
                case "last_seen" -> {}
                default -> telling.findings().setAside(Reason.UNKNOWN_FIELD, name);
            }
        }
    }

    private void action(Telling telling, @Nullable Object value) {
        String word = word(value);
        ReportKind kind = ACTIONS.get(word);
        if (kind != null) {
            telling.findings().event(report(telling, kind));
        } else if (!word.isEmpty()) {
            telling.findings().setAside(Reason.UNKNOWN_FIELD, "action=" + word);
        }
    }

    /** Of a bed pad it says whether somebody lies on it, and models differ in which is which. */
    private void contact(Telling telling, @Nullable Object value) {
        if (value instanceof Boolean closed && !telling.device().kind().equals("bed")) {
            state(telling, closed ? ReportKind.DOOR_CLOSED : ReportKind.DOOR_OPENED, "contact");
        } else {
            telling.findings().setAside(Reason.UNKNOWN_FIELD, "contact");
        }
    }

    /** Radars: OWON's {@code status}, Heiman's {@code fall_status}. */
    private void posture(Telling telling, String name, @Nullable Object value) {
        String word = word(value);
        if (!word.isEmpty() && !FALLS.contains(word)) {
            telling.findings().ended(name);
        }
        switch (word) {
            case "falling", "fall_alarm" -> state(telling, ReportKind.FALL, name);
            case "occupied", "sitting", "low_posture" -> measurements.putFlag(Signal.MOTION, true, telling.findings());
            case "on_the_bed" -> measurements.putFlag(Signal.IN_BED, true, telling.findings());
            case "unoccupied" -> measurements.putFlag(Signal.MOTION, false, telling.findings());
            case "normal", "" -> {}
            default -> telling.findings().setAside(Reason.UNKNOWN_FIELD, name + "=" + word);
        }
    }

    private void linkQuality(Telling telling, @Nullable Object value) {
        if (value instanceof Number quality) {
            double share = quality.doubleValue() / FULL_LINK_QUALITY * 100;
            measurements.put(Signal.SIGNAL_QUALITY, share, telling.findings());
        } else {
            telling.findings().setAside(Reason.NO_READING, "linkquality");
        }
    }

    private void state(Telling telling, ReportKind kind, String field) {
        telling.findings().state(field, report(telling, kind));
    }

    private DeviceReport report(Telling telling, ReportKind kind) {
        return Reports.of(kind, "", telling.digest(), telling.device(), clock.judged(telling.receivedAt()));
    }

    private static String word(@Nullable Object value) {
        return value instanceof String text ? text.trim().toLowerCase(Locale.ROOT) : "";
    }
}
