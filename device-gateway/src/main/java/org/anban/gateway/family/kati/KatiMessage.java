package org.anban.gateway.family.kati;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.EventTime;
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
 * What a Kati watch says: {@code {"IMEI":"865067123456789","heartRate":72,"timeStamps":"16/06/2025 12:30:45"}}. Times are day
 * first and local, without a zone: the model's counts. {@code AP55} brings hours of readings at once, with Unix times.
 */
final class KatiMessage implements Decoder {
    private static final Map<String, Signal> SIGNALS = Map.of(
            "heartRate", Signal.HEART_RATE,
            "bodyTemperature", Signal.BODY_TEMPERATURE,
            "spO2", Signal.SPO2,
            "bp_sys", Signal.SYSTOLIC,
            "bp_dia", Signal.DIASTOLIC,
            "signalGSM", Signal.SIGNAL_QUALITY,
            "battery", Signal.BATTERY,
            "step", Signal.STEPS);

    private final DeviceClock clock;
    private final @Nullable ReportKind alarm;
    private final Measurements measurements = new Measurements();

    /** @param alarm what the topic stands for; null for readings */
    KatiMessage(TimeRules rules, @Nullable ReportKind alarm) {
        this.clock = new DeviceClock(rules);
        this.alarm = alarm;
    }

    @Override
    public void decode(byte[] bytes, int length, DeviceProfile account, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        Map<String, @Nullable Object> message;
        try {
            message = Json.object(bytes, length);
        } catch (UnusablePayload e) {
            unreadable(bytes, length, account, receivedAt, findings);
            throw e;
        }
        String imei = message.get("IMEI") == null
                ? ""
                : String.valueOf(message.get("IMEI")).trim();
        if (imei.isEmpty() && alarm == null) {
            throw new UnusablePayload(Reason.WRONG_TYPE, "IMEI");
        }
        DeviceProfile listed = findings.about(imei);
        DeviceProfile device = listed == null ? account : listed;
        ZoneId zone = device.make().zone();
        if (message.get("data") instanceof List<?> pack) {
            pack.forEach(each -> packed(each, zone, receivedAt, findings));
        }
        measurements.clear();
        fields(message, zone, findings);
        if (alarm != null) {
            findings.event(Reports.of(alarm, "", Digest.of(bytes, length), device, clock.judged(receivedAt)));
        }
        if (!"offline".equals(message.get("status"))) {
            readings(receivedAt, findings);
        }
    }

    /** The topic alone says that somebody needs help; nobody knows who. */
    private void unreadable(byte[] bytes, int length, DeviceProfile account, Instant receivedAt, Findings findings) {
        if (alarm != null) {
            findings.about("");
            EventTime received = EventTime.received(receivedAt);
            findings.event(Reports.of(alarm, "", Digest.of(bytes, length), account, received));
        }
    }

    /** One of a pack's instants. */
    private void packed(@Nullable Object each, ZoneId zone, Instant receivedAt, Findings findings) {
        if (each instanceof Map<?, ?> instant) {
            measurements.clear();
            fields(instant, zone, findings);
            readings(receivedAt, findings);
        } else {
            findings.setAside(Reason.WRONG_TYPE, "data");
        }
    }

    private void readings(Instant receivedAt, Findings findings) {
        Reason fault = clock.fault(receivedAt);
        if (fault != null) {
            findings.setAside(fault, "timeStamps");
            measurements.clear();
        }
        findings.event(new Readings(clock.judged(receivedAt), measurements.build(), null));
    }

    private void fields(Map<?, ?> fields, ZoneId zone, Findings findings) {
        clock.clear();
        for (Map.Entry<?, ?> each : fields.entrySet()) {
            String name = String.valueOf(each.getKey());
            Object value = each.getValue();
            Signal signal = SIGNALS.get(name);
            if (signal != null) {
                measurements.putAny(signal, value, findings);
            } else {
                other(name, value, zone, findings);
            }
        }
    }

    private void other(String name, @Nullable Object value, ZoneId zone, Findings findings) {
        switch (name) {
            case "timeStamps", "time", "timestamp" -> clock.say(value, zone);
            case "bloodPressure" -> pressure(value, findings);
            case "location" -> place(value, findings);
            case "IMEI", "num_datas", "data", "status" -> {}
            default -> findings.setAside(Reason.UNKNOWN_FIELD, name);
        }
    }

    private void pressure(@Nullable Object value, Findings findings) {
        if (value instanceof Map<?, ?> both) {
            measurements.putAny(Signal.SYSTOLIC, both.get("bp_sys"), findings);
            measurements.putAny(Signal.DIASTOLIC, both.get("bp_dia"), findings);
        } else {
            findings.setAside(value == null ? Reason.NO_READING : Reason.WRONG_TYPE, "bloodPressure");
        }
    }

    /** Satellites only: what it hears of WiFi and cells would have to be looked up. No fix is 0, 0. */
    private void place(@Nullable Object value, Findings findings) {
        Object satellites = value instanceof Map<?, ?> kinds ? kinds.get("GPS") : null;
        if (satellites instanceof Map<?, ?> fix) {
            Object latitude = fix.get("latitude");
            Object longitude = fix.get("longitude");
            boolean none = latitude instanceof Number a
                    && longitude instanceof Number b
                    && a.doubleValue() == 0
                    && b.doubleValue() == 0;
            if (none) {
                findings.setAside(Reason.NO_READING, "location");
            } else {
                measurements.putAny(Signal.LATITUDE, latitude, findings);
                measurements.putAny(Signal.LONGITUDE, longitude, findings);
            }
        }
        if (value instanceof Map<?, ?> kinds) {
            kinds.keySet().stream()
                    .map(String::valueOf)
                    .filter(kind -> !kind.equals("GPS"))
                    .forEach(kind -> findings.setAside(Reason.UNKNOWN_FIELD, "location." + kind));
        }
    }
}
