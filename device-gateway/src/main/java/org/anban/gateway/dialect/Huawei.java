package org.anban.gateway.dialect;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anban.gateway.payload.UnusablePayload;
import org.jspecify.annotations.Nullable;

/**
 * Data forwarding of Huawei Cloud IoTDA, and the older OceanConnect ({@code notifyType}).
 *
 * <p>The platform waits 15 s; after a failure it <em>throws the message away</em> unless ten failures in a row have put our
 * address on its list of blocked ones, where it keeps a day's messages and tries every three minutes. So we wait long before we
 * answer 503, and a standby must never be the only address.
 *
 * <p>With a token ({@code signature_enable}) requests carry the headers {@code timestamp}, {@code nonce}, {@code signature}. That
 * there is such a signature is documented; its rule, SHA-256 in hexadecimal over token, timestamp and nonce in alphabetical
 * order, is from memory. It does not cover the body. Where it fails, or for OceanConnect, which has none, the secret is given
 * as {@code ?token=} in the address. OceanConnect's fields are from its documentation and public code.
 *
 * @see <a href="https://support.huaweicloud.com/intl/en-us/usermanual-iothub/iot_01_0001.html">HTTP/HTTPS data forwarding</a>
 * @see <a href="https://support.huaweicloud.com/intl/en-us/api-iothub/iot_06_v5_01202.html">device.property</a>
 * @see <a href="https://support.huaweicloud.com/api-iothub/iot_06_v5_01205.html">device.message</a>
 * @see <a href="https://support.huaweicloud.com/api-iothub/iot_06_v5_01201.html">device.status</a>
 * @see <a href="https://support.huaweicloud.com/intl/en-us/api-IoT/iot_06_0034.html">deviceInfoChanged</a>
 */
final class Huawei implements Dialect {
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    @Override
    public String name() {
        return "huawei";
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public boolean isProved(PushRequest request, String secret, Instant now) {
        String signature = request.header("signature");
        if (signature.isEmpty()) {
            return Proof.isEqual(request.parameter("token"), secret);
        }
        String timestamp = request.header("timestamp");
        String expected = Proof.sortedSha256(secret, timestamp, request.header("nonce"));
        return Proof.isEqual(signature, expected) & isFresh(timestamp, now);
    }

    @Override
    public Optional<String> answerToCheck(PushRequest request, String secret, Instant now) {
        return isProved(request, secret, now) ? Optional.of("ok") : Optional.empty();
    }

    private static boolean isFresh(String timestamp, Instant now) {
        try {
            long number = Long.parseLong(timestamp);
            Instant at = number >= MILLISECONDS_FROM ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
            return Duration.between(at, now).abs().compareTo(TOLERANCE) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    @Override
    public List<Pushed> read(String body) throws UnusablePayload {
        List<Pushed> found = new ArrayList<>();
        for (JsonObject item : Tree.objects(body, found)) {
            found.add(item.containsKey("notifyType") ? oceanConnect(item) : dataForwarding(item));
        }
        return found;
    }

    private static Pushed dataForwarding(JsonObject item) {
        JsonObject data = Tree.member(item, "notify_data");
        JsonObject header = Tree.member(data, "header");
        JsonObject body = Tree.member(data, "body");
        String request = Tree.text(item, "request_id");
        String id = request.isEmpty() ? Proof.idOf(item.encode()) : request;
        String at = eventTime(item);
        String kind = Tree.text(item, "resource") + " " + Tree.text(item, "event");
        List<String> numbers = Tree.numbers(Tree.text(header, "node_id"), Tree.text(header, "device_id"));
        return new Pushed(
                numbers,
                id,
                switch (kind) {
                    case "device.property report" -> new Pushed.Values(properties(body), at);
                    case "device.message report" -> handed(body, at);
                    case "device.status update" -> presence(Tree.text(body, "status"), at, item);
                    default -> new Pushed.NotUnderstood(kind, item.encode());
                });
    }

    private static @Nullable String eventTime(JsonObject item) {
        String exact = Tree.time(item.getValue("event_time_ms"));
        return exact == null ? Tree.time(item.getValue("event_time")) : exact;
    }

    private static List<Pushed.Value> properties(JsonObject body) {
        List<Pushed.Value> values = new ArrayList<>();
        for (JsonObject service : Tree.members(body, "services", values)) {
            String at = Tree.time(service.getValue("event_time"));
            values.addAll(Tree.values(Tree.text(service, "service_id"), Tree.member(service, "properties"), at));
        }
        return values;
    }

    private static Pushed.Content handed(JsonObject body, @Nullable String at) {
        Object content = Tree.plain(body.getValue("content"));
        return new Pushed.Handed(content == null ? "" : content.toString(), at);
    }

    private static Pushed.Content presence(String status, @Nullable String at, JsonObject item) {
        return switch (status) {
            case "ONLINE" -> new Pushed.Presence(true, at);
            case "OFFLINE" -> new Pushed.Presence(false, at);
            default -> new Pushed.NotUnderstood("status " + status, item.encode());
        };
    }

    private static Pushed oceanConnect(JsonObject item) {
        JsonObject info = Tree.member(item, "deviceInfo");
        List<String> numbers = Tree.numbers(Tree.text(info, "nodeId"), Tree.text(item, "deviceId"));
        String id = Proof.idOf(item.encode());
        String type = Tree.text(item, "notifyType");
        return new Pushed(
                numbers,
                id,
                switch (type) {
                    case "deviceDataChanged" -> new Pushed.Values(services(item, "service"), null);
                    case "deviceDatasChanged" -> new Pushed.Values(services(item, "services"), null);
                    case "deviceInfoChanged" -> presence(Tree.text(info, "status"), null, item);
                    default -> new Pushed.NotUnderstood(type, item.encode());
                });
    }

    private static List<Pushed.Value> services(JsonObject item, String name) {
        List<Pushed.Value> values = new ArrayList<>();
        for (JsonObject service : Tree.members(item, name, values)) {
            String at = Tree.time(service.getValue("eventTime"));
            values.addAll(Tree.values(Tree.text(service, "serviceId"), Tree.member(service, "data"), at));
        }
        return values;
    }
}
