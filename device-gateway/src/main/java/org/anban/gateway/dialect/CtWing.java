package org.anban.gateway.dialect;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.anban.gateway.payload.UnusablePayload;
import org.jspecify.annotations.Nullable;

/**
 * CTWing (AEP) of China Telecom. Its documentation knows no signature: the platform proves itself by a client certificate, which
 * a TLS proxy can ask for, and for us by the account's secret as {@code ?token=} in the address that it was given. Any answer
 * but 200 is a failure; it is pushed again up to three times, and after ten failures in a row nothing is pushed for a minute.
 * No time-out is documented; we answer within 4 s.
 *
 * <p>The types of messages are from that page; their fields ({@code payload.APPdata} in Base64 where the platform knows no model,
 * {@code payload.serviceData} or the members themselves where it does, {@code eventContent}, {@code eventType} 1 for online, 0 for offline) from
 * messages in public code; {@code paraData} and what {@code dataReportTupUnion} holds could not be verified, and the latter is
 * counted as not understood.
 *
 * @see <a href="https://help.ctwing.cn/ding-yue-tui-song/xiao-xi-ding-yue-tui-song.html">HTTP message push</a>
 */
final class CtWing implements Dialect {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "ctwing";
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public boolean isProved(PushRequest request, String secret, Instant now) {
        return Proof.isEqual(request.parameter("token"), secret);
    }

    @Override
    public Optional<String> answerToCheck(PushRequest request, String secret, Instant now) {
        return isProved(request, secret, now) ? Optional.of("ok") : Optional.empty();
    }

    @Override
    public List<Pushed> read(String body) throws UnusablePayload {
        List<Pushed> found = new ArrayList<>();
        for (JsonObject item : Tree.objects(body, found)) {
            List<String> numbers = Tree.numbers(Tree.text(item, "IMEI"), Tree.text(item, "deviceId"));
            found.add(new Pushed(numbers, Proof.idOf(item.encode()), content(item)));
        }
        return found;
    }

    private static Pushed.Content content(JsonObject item) {
        String at = Tree.time(item.getValue("timestamp"));
        String service = Tree.text(item, "serviceId");
        String type = Tree.text(item, "messageType");
        return switch (type) {
            case "dataReport" -> report(item, service, at);
            case "eventReport" ->
                new Pushed.Happened(
                        Tree.numbers(service), Tree.values(service, Tree.member(item, "eventContent"), null), at);
            case "deviceOnlineOfflineReport" ->
                switch (Tree.text(item, "eventType")) {
                    case "1" -> new Pushed.Presence(true, at);
                    case "0" -> new Pushed.Presence(false, at);
                    default -> new Pushed.NotUnderstood(type + " " + Tree.text(item, "eventType"), item.encode());
                };
            default -> new Pushed.NotUnderstood(type, item.encode());
        };
    }

    private static Pushed.Content report(JsonObject item, String service, @Nullable String at) {
        JsonObject payload = Tree.member(item, "payload");
        if (payload.containsKey("APPdata")) {
            return new Pushed.Handed(decoded(Tree.text(payload, "APPdata")), at);
        }
        for (String name : List.of("serviceData", "paraData")) {
            if (payload.containsKey(name)) {
                return new Pushed.Values(
                        Tree.values(Tree.text(payload, "serviceId"), Tree.member(payload, name), null), at);
            }
        }
        return new Pushed.Values(Tree.values(service, payload, null), at);
    }

    /** What is no Base64 stays what it is. */
    private static String decoded(String data) {
        try {
            return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return data;
        }
    }
}
