package org.anban.gateway.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/**
 * OneNET of China Mobile, in clear (its AES mode is refused: TLS does that).
 *
 * <p>The address check is {@code GET ?msg=&nonce=&signature=}, answered with {@code msg}; the signature is
 * {@code base64(md5(token + nonce + msg))}, here and in pushes. A push is {@code {"msg":…,"nonce":…,"msg_signature":…}} with
 * {@code msg} an object or a list ({@code type} 1: a data point, 2: online or offline, 7: a command's result) in the
 * multi-protocol and NB-IoT suites, and {@code {"msg":"…","nonce":…,"signature":…,"time":…,"id":…}} with {@code msg} a text of JSON
 * in OneNET Studio. 200 is expected within 5 s, else it is pushed again, up to 16 times in 2 h 45 min.
 *
 * @see <a href="https://open.iot.10086.cn/doc/nb-iot/book/manual/httppush/develop-manual.html">multi-protocol and NB-IoT</a>
 * @see <a href="https://open.iot.10086.cn/doc/iot_platform/book/application-develop/push/http_push.html">Studio</a>
 */
final class OneNet implements Dialect {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "onenet";
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public boolean isProved(PushRequest request, String secret, Instant now) {
        try {
            Map<String, String> members = members(request.body());
            String signature = members.getOrDefault("msg_signature", members.getOrDefault("signature", ""));
            String signed = Proof.md5(secret, members.getOrDefault("nonce", ""), members.getOrDefault("msg", ""));
            return members.containsKey("msg") && Proof.isEqual(signature, signed);
        } catch (IOException e) {
            return false;
        }
    }

    /** A plus that came through an address as a blank is taken for a plus. */
    @Override
    public Optional<String> answerToCheck(PushRequest request, String secret, Instant now) {
        String message = request.parameter("msg");
        String signed = Proof.md5(secret, request.parameter("nonce"), message);
        boolean proved = Proof.isEqual(request.parameter("signature").replace(' ', '+'), signed);
        return proved && !message.isEmpty() ? Optional.of(message) : Optional.empty();
    }

    @Override
    public List<Pushed> read(String body) throws UnusablePayload {
        Map<String, String> members;
        try {
            members = members(body);
        } catch (IOException e) {
            throw new UnusablePayload(Reason.UNPARSEABLE, "not JSON");
        }
        String message = members.get("msg");
        if (message == null) {
            throw new UnusablePayload(Reason.WRONG_TYPE, "no msg; encrypted messages are not taken");
        }
        List<Pushed> found = new ArrayList<>();
        for (JsonObject item : Tree.objects(message, found)) {
            if (item.containsKey("messageType")) {
                found.addAll(studio(item, members.getOrDefault("id", "")));
            } else {
                found.add(dataPoint(item));
            }
        }
        return found;
    }

    /** The members of the body, a text as what it says, a structure as the text that it is: so it was signed. */
    private static Map<String, String> members(String body) throws IOException {
        Map<String, String> members = new HashMap<>();
        try (JsonParser json = FACTORY.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("an object is expected");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken token = json.nextToken();
                if (token.isStructStart()) {
                    int from = (int) json.currentTokenLocation().getCharOffset();
                    json.skipChildren();
                    members.put(name, body.substring(from, (int)
                            json.currentLocation().getCharOffset()));
                } else {
                    members.put(name, json.getText());
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("cut short");
            }
        }
        return members;
    }

    private static Pushed dataPoint(JsonObject item) {
        List<String> numbers = Tree.numbers(Tree.text(item, "imei"), Tree.text(item, "dev_id"));
        String id = Proof.idOf(item.encode());
        String at = Tree.time(item.getValue("at"));
        String type = Tree.text(item, "type");
        if (type.equals("2")) {
            return new Pushed(numbers, id, presence(Tree.text(item, "status"), at, item));
        }
        Object value = Tree.plain(item.getValue("value"));
        if (!type.equals("1")) {
            return new Pushed(numbers, id, new Pushed.NotUnderstood("type " + type, item.encode()));
        }
        if (value instanceof String text && (text.startsWith("{") || text.startsWith("["))) {
            return new Pushed(numbers, id, new Pushed.Handed(text, at));
        }
        Pushed.Value only = new Pushed.Value("", Tree.text(item, "ds_id"), value, at);
        return new Pushed(numbers, id, new Pushed.Values(List.of(only), at));
    }

    /** Only a clear offline is one. */
    private static Pushed.Content presence(String status, @Nullable String at, JsonObject item) {
        return switch (status) {
            case "1", "online" -> new Pushed.Presence(true, at);
            case "0", "offline" -> new Pushed.Presence(false, at);
            default -> new Pushed.NotUnderstood("status " + status, item.encode());
        };
    }

    private static List<Pushed> studio(JsonObject item, String messageId) {
        List<String> numbers =
                Tree.numbers(Tree.text(item, "imei"), Tree.text(item, "deviceName"), Tree.text(item, "deviceId"));
        JsonObject data = Tree.member(item, "data");
        String id = messageId.isEmpty() ? Proof.idOf(item.encode()) : messageId;
        String at = Tree.time(data.getValue("time"));
        String kind = (Tree.text(item, "messageType") + " " + Tree.text(item, "notifyType")).trim();
        return switch (kind) {
            case "lifecycle" -> List.of(new Pushed(numbers, id, presence(Tree.text(data, "status"), at, item)));
            case "notify property" -> List.of(new Pushed(numbers, id, new Pushed.Values(params(data), at)));
            case "notify event" -> events(numbers, id, data);
            default -> List.of(new Pushed(numbers, id, new Pushed.NotUnderstood(kind, item.encode())));
        };
    }

    /** {@code {"heartRate":{"value":72,"time":1767571200000}}}. */
    private static List<Pushed.Value> params(JsonObject data) {
        List<Pushed.Value> values = new ArrayList<>();
        JsonObject params = Tree.member(data, "params");
        for (String name : params.fieldNames()) {
            Object param = params.getValue(name);
            if (param instanceof JsonObject timed && timed.containsKey("value")) {
                String at = Tree.time(timed.getValue("time"));
                values.add(new Pushed.Value("", name, Tree.plain(timed.getValue("value")), at));
            } else {
                values.add(new Pushed.Value("", name, Tree.plain(param), null));
            }
        }
        return values;
    }

    /** {@code {"sos":{"value":{"battery":60},"time":1767571200000}}}: each is a message of its own. */
    private static List<Pushed> events(List<String> numbers, String id, JsonObject data) {
        List<Pushed> events = new ArrayList<>();
        JsonObject params = Tree.member(data, "params");
        for (String name : params.fieldNames()) {
            JsonObject event = Tree.member(params, name);
            String at = Tree.time(event.getValue("time"));
            List<Pushed.Value> details = Tree.values(name, Tree.member(event, "value"), null);
            events.add(new Pushed(numbers, id, new Pushed.Happened(List.of(name), details, at)));
        }
        return events;
    }
}
