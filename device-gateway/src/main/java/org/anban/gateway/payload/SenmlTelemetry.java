package org.anban.gateway.payload;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.gateway.clock.DeviceClock;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.senml.SenmlException;
import org.anban.gateway.senml.SenmlRecord;
import org.anban.gateway.senml.SenmlResolver;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/** A SenML pack (RFC 8428, JSON): one event for each time in it, in the order of time. */
final class SenmlTelemetry implements Decoder {
    private static final double LONGEST_UPDATE_SECONDS = 31 * 86_400;

    private final SenmlResolver resolver = new SenmlResolver();
    private final DeviceClock clock;
    private final Measurements measurements = new Measurements();

    SenmlTelemetry(TimeRules rules) {
        clock = new DeviceClock(rules);
    }

    @Override
    public void decode(byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        List<SenmlRecord> pack = resolve(bytes, length, receivedAt);
        int start = 0;
        for (int i = 1; i <= pack.size(); i++) {
            if (i == pack.size() || pack.get(i).time() != pack.get(start).time()) {
                instant(pack.subList(start, i), receivedAt, findings);
                start = i;
            }
        }
    }

    private List<SenmlRecord> resolve(byte[] bytes, int length, Instant receivedAt) throws UnusablePayload {
        try (JsonParser json = Json.parse(bytes, length)) {
            json.nextToken();
            List<SenmlRecord> pack = resolver.resolve(json, unixSeconds(receivedAt));
            Json.end(json);
            return pack;
        } catch (SenmlException e) {
            throw new UnusablePayload(Reason.INVALID_SENML, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Json.unparseable();
        }
    }

    private void instant(List<SenmlRecord> records, Instant receivedAt, Findings findings) {
        measurements.clear();
        double nextWithin = Double.POSITIVE_INFINITY;
        for (SenmlRecord each : records) {
            record(each, findings);
            if (each.updateTime() > 0) {
                nextWithin = Math.min(nextWithin, each.updateTime());
            }
        }
        if (records.get(0).time() == unixSeconds(receivedAt)) {
            clock.clear();
        } else {
            clock.set(records.get(0).time());
        }
        Reason fault = clock.fault(receivedAt);
        if (fault != null) {
            findings.setAside(fault, "t");
            measurements.clear();
        }
        findings.event(new Readings(clock.judged(receivedAt), measurements.build(), duration(nextWithin)));
    }

    private void record(SenmlRecord each, Findings findings) {
        String name = each.name()
                .substring(Math.max(each.name().lastIndexOf(':'), each.name().lastIndexOf('/')) + 1);
        Signal signal = SenmlUnits.signalOf(name, each.unit());
        if (signal == null) {
            findings.setAside(Reason.UNKNOWN_FIELD, name);
        } else if (each.value() instanceof SenmlRecord.Numeric numeric) {
            double value = SenmlUnits.convert(signal, each.unit(), numeric.number());
            if (Double.isNaN(value) && !Double.isNaN(numeric.number())) {
                findings.setAside(Reason.WRONG_UNIT, name);
            } else {
                measurements.put(signal, value, findings);
            }
        } else if (each.value() instanceof SenmlRecord.Flag flag) {
            measurements.putFlag(signal, flag.yes(), findings);
        } else if (each.value() instanceof SenmlRecord.Text text) {
            measurements.putText(signal, text.text(), findings);
        } else {
            findings.setAside(Reason.WRONG_TYPE, name);
        }
    }

    private static @Nullable Duration duration(double seconds) {
        return seconds > LONGEST_UPDATE_SECONDS ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static double unixSeconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
