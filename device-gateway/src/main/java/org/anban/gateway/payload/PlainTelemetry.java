package org.anban.gateway.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.gateway.clock.DeviceClock;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.setaside.Reason;

/**
 * {@code {"at":"2026-01-05T08:00:00+08:00","heartRate":72,"inBed":true,"seq":17}}. A message of which no number counts
 * is still one event without numbers: the device lives.
 */
final class PlainTelemetry implements Decoder {
    private static final Map<String, Signal> SIGNALS =
            Arrays.stream(Signal.values()).collect(Collectors.toUnmodifiableMap(Signal::wireName, s -> s));
    private static final SignalValues NONE = SignalValues.of(Map.of());

    private final DeviceClock clock;
    private final Measurements measurements = new Measurements();

    PlainTelemetry(TimeRules rules) {
        clock = new DeviceClock(rules);
    }

    @Override
    public void decode(byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        clock.clear();
        measurements.clear();
        try (JsonParser json = Json.parse(bytes, length)) {
            Json.enterObject(json);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                field(name, json, findings);
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw Json.unparseable();
            }
            Json.end(json);
        } catch (IOException e) {
            throw Json.unparseable();
        }
        Reason fault = clock.fault(receivedAt);
        if (fault != null) {
            findings.setAside(fault, "at");
        }
        findings.event(new Readings(clock.judged(receivedAt), fault == null ? measurements.build() : NONE, null));
    }

    private void field(String name, JsonParser json, Findings findings) throws IOException {
        Signal signal = SIGNALS.get(name);
        if (signal != null) {
            value(signal, json, findings);
        } else if (name.equals("at")) {
            clock.read(json);
        } else {
            json.skipChildren();
            if (!name.equals("seq")) {
                findings.setAside(Reason.UNKNOWN_FIELD, name);
            }
        }
    }

    private void value(Signal signal, JsonParser json, Findings findings) throws IOException {
        switch (json.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> measurements.put(signal, json.getDoubleValue(), findings);
            case VALUE_TRUE -> measurements.putFlag(signal, true, findings);
            case VALUE_FALSE -> measurements.putFlag(signal, false, findings);
            case VALUE_STRING -> measurements.putText(signal, json.getText(), findings);
            case VALUE_NULL -> findings.setAside(Reason.NO_READING, signal.wireName());
            default -> {
                json.skipChildren();
                findings.setAside(Reason.WRONG_TYPE, signal.wireName());
            }
        }
    }
}
