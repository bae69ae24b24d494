package org.anban.gateway.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.CommandReply;
import org.anban.gateway.clock.DeviceClock;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.setaside.Reason;

/** {@code {"id":"…","outcome":"done","at":"…"}}: the answer to the command with that id. */
final class CommandReplies implements Decoder {
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_OUTCOME = 200;

    private final DeviceClock clock;
    private String id = "";
    private String outcome = "";

    CommandReplies(TimeRules rules) {
        clock = new DeviceClock(rules);
    }

    @Override
    public void decode(byte[] bytes, int length, DeviceProfile device, Instant receivedAt, Findings findings)
            throws UnusablePayload {
        clock.clear();
        id = "";
        outcome = "done";
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
        if (id.isEmpty() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            throw new UnusablePayload(Reason.WRONG_TYPE, "id");
        }
        findings.event(new CommandReply(clock.judged(receivedAt), id, outcome));
    }

    private void field(String name, JsonParser json, Findings findings) throws IOException {
        boolean text = json.currentToken() == JsonToken.VALUE_STRING;
        if (name.equals("at")) {
            clock.read(json);
        } else if (text && name.equals("id")) {
            id = json.getText();
        } else if (text && name.equals("outcome")) {
            String word = json.getText();
            String plain = word.codePoints()
                    .map(c -> Character.isISOControl(c) ? ' ' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            outcome = plain.length() > LONGEST_OUTCOME ? plain.substring(0, LONGEST_OUTCOME) : plain;
        } else {
            json.skipChildren();
            findings.setAside(
                    name.equals("id") || name.equals("outcome") ? Reason.WRONG_TYPE : Reason.UNKNOWN_FIELD, name);
        }
    }
}
