package org.anban.gateway.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.ReportKind;
import org.anban.gateway.clock.DeviceClock;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"id":"…","type":"sos","at":"…"}}. Whatever else is wrong with it, an event of a known type counts: a time
 * that is not believed is replaced by ours, an id that cannot be read is left out.
 */
final class EventReports implements Decoder {
    /** What a device may say; that its connection was lost is for the gateway to say. */
    private static final Set<ReportKind> OF_DEVICES =
            Arrays.stream(ReportKind.values()).filter(ReportKind::isSignOfLife).collect(Collectors.toUnmodifiableSet());

    private static final int LONGEST_ID = 100;

    private final DeviceClock clock;
    private final Map<String, ReportKind> kinds;
    private String id = "";
    private @Nullable ReportKind kind;

    EventReports(TimeRules rules) {
        this(rules, OF_DEVICES);
    }

    /** @param may those that are taken */
    EventReports(TimeRules rules, Set<ReportKind> may) {
        clock = new DeviceClock(rules);
        kinds = may.stream().collect(Collectors.toUnmodifiableMap(ReportKind::wireName, kind -> kind));
    }

    @Override
    public void decode(byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        clock.clear();
        id = "";
        kind = null;
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
        if (kind == null) {
            throw new UnusablePayload(Reason.UNKNOWN_EVENT, "type");
        }
        Reason fault = clock.fault(receivedAt);
        if (fault != null) {
            findings.setAside(fault, "at");
        }
        findings.event(Reports.of(kind, id, Digest.of(bytes, length), device, clock.judged(receivedAt)));
    }

    private void field(String name, JsonParser json, Findings findings) throws IOException {
        switch (name) {
            case "type" -> readKind(json);
            case "at" -> clock.read(json);
            case "id" -> readId(json, findings);
            case "seq" -> json.skipChildren();
            default -> {
                json.skipChildren();
                findings.setAside(Reason.UNKNOWN_FIELD, name);
            }
        }
    }

    private void readKind(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            String word = json.getText();
            ReportKind exact = kinds.get(word);
            kind = exact != null
                    ? exact
                    : kinds.get(word.trim().toLowerCase(Locale.ROOT).replace('_', '-'));
        } else {
            json.skipChildren();
            kind = null;
        }
    }

    private void readId(JsonParser json, Findings findings) throws IOException {
        if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
            String text = json.getText();
            id = text.length() > LONGEST_ID ? text.substring(0, LONGEST_ID) : text;
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
            json.skipChildren();
            findings.setAside(Reason.WRONG_TYPE, "id");
        }
    }
}
